"""Rules of what is said and drawn: sheets, maps, questions, concepts, transcripts. Pure."""

from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from minben.kernel.refusal import Refusal


class SheetKind(StrEnum):
    """The two drawn documents of a case."""

    ISSUES = "issues"  # 議題分析表
    STAKEHOLDERS = "stakeholders"  # 利害關係人


PRACTICE: Final = "行政院開放政府聯絡人協作會議作業實務（議題分析表、利害關係人盤點）"
SOURCE_MAX: Final = 500


def bounded(text: str, field: str, most: int, *, least: int = 1) -> str:
    """`text` without white space around it. Refuses what is empty or too long."""
    found = text.replace("\r\n", "\n").strip()
    if len(found) < least:
        raise Refusal("proceedings_empty", field=field)
    if len(found) > most:
        raise Refusal("proceedings_too_long", field=field, most=most)
    return found


def web_address(text: str, field: str = "source") -> str:
    """An address of the web, or nothing. Refuses anything else, such as ``javascript:``."""
    found = bounded(text, field, SOURCE_MAX, least=0)
    try:
        parts = urlsplit(found)
    except ValueError:
        parts = urlsplit("")
    if found and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise Refusal("source_not_web", field=field)
    return found
