"""What stands in one cell (儲存格): a number, nothing, or a fault."""

import re
from math import isinf, nan

MISSING = frozenset({"", "na", "n/a", "nan", "null", "..", "...", "-", "–", "—", "m"})
PLAIN = r"[+-]?(\d+(\{mark}\d*)?|\{mark}\d+)([eE][+-]?\d{1,3})?"
NUMBER = {mark: re.compile(PLAIN.replace("{mark}", mark), re.ASCII) for mark in ".,"}
GROUPED = {
    ".": re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII),
    ",": re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?", re.ASCII),
}
OTHER = {".": ",", ",": "."}
MARK = {".": "point", ",": "comma"}
OTHER_CODE = {".": "decimal_comma", ",": "decimal_point"}
FORMULA_ERROR, FORMULA_UNSAVED, MERGED = "formula_error", "formula_unsaved", "merged"
BROKEN = frozenset((FORMULA_ERROR, FORMULA_UNSAVED, MERGED))  # neither a number nor a text
Trouble = tuple[str, str]


def parsed(bare: str, mark: str = ".") -> tuple[float, Trouble | None]:
    """The number a trimmed cell tells, NaN if missing; and why it is none, if it is none.

    The codes are ``decimal_comma`` (or ``decimal_point``), ``grouped`` and ``text_in_number``.
    """
    if not bare:
        return nan, None
    if NUMBER[mark].fullmatch(bare):
        value = float(bare if mark == "." else bare.replace(",", "."))
        if isinf(value):
            return nan, ("text_in_number", f"{bare[:40]!r} is too large for a number")
        return value, None
    if bare.casefold() in MISSING:
        return nan, None
    if GROUPED[mark].fullmatch(bare):
        other = MARK[OTHER[mark]]
        return nan, ("grouped", f"{bare[:40]!r}: write numbers without {other}s between digits")
    if NUMBER[OTHER[mark]].fullmatch(bare):
        text = f"{bare[:40]!r}: the decimal mark of this file is a {MARK[mark]}"
        return nan, (OTHER_CODE[mark], text)
    return nan, ("text_in_number", f"{bare[:40]!r} is no number")


def looks_like_a_number(trouble: Trouble) -> bool:
    """Whether what is no number was meant as one: it is written with other marks."""
    return trouble[0] not in BROKEN | {"text_in_number", "date_in_number"}
