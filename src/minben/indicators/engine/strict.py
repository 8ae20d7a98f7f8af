"""JSON read strictly (嚴格讀取 JSON): nothing is lost, and nothing is let in that is no JSON.

Source: RFC 8259, whose section 4 leaves open what a name given twice means; here it is a fault.
"""

import json
from typing import Any

from minben.indicators.engine.faults import Fault, Faulty

Json = Any  # what JSON holds: whoever reads it asks of what kind it is


def parsed(name: str, text: str | bytes) -> Json:
    """What a document holds.

    Raises:
        Faulty: ``no_json``: no JSON, a name given twice, NaN or infinity.
    """
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        place = f"{name}, line {error.lineno}" if isinstance(error, json.JSONDecodeError) else name
        raise Faulty([Fault(place, "no_json", f"is no JSON: {error}")]) from None


def _refuse(word: str) -> float:
    raise ValueError(f"{word} is no number of JSON")


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    """A name given twice would silently lose one of the two values."""
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"{next(n for n in names if names.count(n) > 1)!r} stands twice")
    return found
