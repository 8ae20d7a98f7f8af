"""JSON documents (JSON 文件), and places in them that are looked up without trust."""

import json
import re
from collections.abc import Mapping, Sequence

from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.engine.strict import Json, parsed
from minben.indicators.reading.encodings import decoded

HALF = re.compile(rb"\\u[dD][89a-fA-F]")  # of a character written in two, perhaps alone


def document(name: str, content: bytes) -> Mapping[str, Json]:
    """The table a JSON file is. Raises Faulty: no JSON, a name twice, not a table."""
    found = parsed(name, decoded(name, content))
    if not isinstance(found, dict):
        raise Faulty([Fault(name, "unknown_format", "is JSON, but of no form known here")])
    if HALF.search(content):
        _refuse_halves(name, found)
    return found


def _refuse_halves(name: str, found: Json) -> None:
    try:
        json.dumps(found, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        text = "holds half a character (\\ud800 to \\udfff alone), which is no text"
        raise Faulty([Fault(name, "no_json", text)]) from None


def table(found: Json) -> Mapping[str, Json]:
    """A table, or an empty one if it is something else."""
    return found if isinstance(found, dict) else {}


def array(found: Json) -> Sequence[Json]:
    """A list, or an empty one if it is something else."""
    return found if isinstance(found, list) else ()


def text(found: Json) -> str:
    """A text, or an empty one if it is something else."""
    return found if isinstance(found, str) else ""


def is_number(found: Json) -> bool:
    """Whether this is a number; JSON's true is none."""
    return isinstance(found, (int, float)) and not isinstance(found, bool)
