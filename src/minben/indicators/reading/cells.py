"""What stands in one cell: a number, nothing, or a fault."""

import re
from math import nan

MISSING = frozenset({"", "na", "n/a", "nan", "null", "..", "...", "-", "–", "—", "m"})
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")
COMMA = re.compile(r"[+-]?\d+,\d+")
GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")


class NotANumber(ValueError):
    """The text is no number; `code` says of what kind it is."""

    def __init__(self, code: str, text: str) -> None:
        self.code = code
        super().__init__(text)


def number(text: str) -> float:
    """The number a cell tells; NaN for what stands for a missing one.

    Raises:
        NotANumber: with ``decimal_comma``, ``grouped`` or ``text_in_number``.
    """
    bare = text.strip()
    if bare.casefold() in MISSING:
        return nan
    if NUMBER.fullmatch(bare):
        value = float(bare)
        if value in (float("inf"), float("-inf")):
            raise NotANumber("text_in_number", f"{bare[:40]!r} is too large for a number")
        return value
    if GROUPED.fullmatch(bare):
        raise NotANumber("grouped", f"{bare[:40]!r}: write numbers without commas between digits")
    if COMMA.fullmatch(bare):
        raise NotANumber(
            "decimal_comma", f"{bare[:40]!r}: the decimal mark of this file is a point"
        )
    raise NotANumber("text_in_number", f"{bare[:40]!r} is no number")


def is_number(text: str) -> bool:
    """Whether a cell holds a number or nothing."""
    try:
        number(text)
    except NotANumber:
        return False
    return True
