"""What a template is for, how long it may be, and what its places stand for. Plain Python."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

TITLE_MAX: Final = 80
TEXT_MAX: Final = 4000
# Of one owner for one kind: more would not be found in a list to choose from.
MOST: Final = 60

_PLACE = re.compile(r"\{(number|subject|agency|due)\}")
_OPEN = re.compile(r"\{[^{}\n]{1,40}\}")
_CHINESE = re.compile("[\u4e00-\u9fff]")


class Kind(StrEnum):
    """What is written with it."""

    ANSWER = "answer"  # 正式回應
    PLAN = "plan"  # 處理規劃
    EXTENSION = "extension"  # 延長回應期限
    REPORT = "report"  # 期中回報
    DEMAND = "demand"  # 訴求處理擬稿


def words_fault(title: str, text: str) -> tuple[str, str] | None:
    """The code and the field of what is wrong with a template's words, if anything is."""
    if not title.strip():
        return "phrase_title", "title"
    if len(title) > TITLE_MAX:
        return "phrase_title", "title"
    if not text.strip() or len(text) > TEXT_MAX:
        return "phrase_text", "text"
    return None


def filled(text: str, facts: Mapping[str, str]) -> str:
    """`text` with ``{number}``, ``{subject}``, ``{agency}`` and ``{due}`` filled from `facts`.

    A place without a fact, and whatever else stands in braces, stays as it is. What is filled in
    is not looked at again, so that a subject with braces in it is told as its author wrote it.
    """
    return _PLACE.sub(lambda found: facts.get(found[1]) or found[0], text)


def left_open(text: str, facts: Mapping[str, str]) -> tuple[str, ...]:
    """What stands in braces in a template and is not filled from `facts`, each once, in order."""
    known = {f"{{{name}}}" for name in ("number", "subject", "agency", "due") if facts.get(name)}
    return tuple(dict.fromkeys(one for one in _OPEN.findall(text) if one not in known))


def appended(typed: str, text: str) -> str:
    """`text` as a paragraph of its own below what was typed."""
    return f"{typed.rstrip()}\n\n{text}" if typed.strip() else text


def is_chinese(text: str) -> bool:
    """Whether a text has Chinese characters; names and days are filled in in its language."""
    return _CHINESE.search(text) is not None
