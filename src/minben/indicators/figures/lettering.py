"""How much room letters take (字寬): an estimate that errs on the wide side, and breaking lines.

A picture is written without knowing the reader's font. East Asian width (Unicode Standard Annex
11) says which characters are as wide as they are high; for the rest the widths of a wide Latin
face are taken, so that what is planned to fit does fit.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from unicodedata import combining, east_asian_width

FULL, NARROW, CAPITAL, BROAD = 1.0, 0.36, 0.72, 0.98
USUAL, DIGIT = 0.62, 0.64
BOLD = 1.1
PIECES = re.compile(r"\s?[!-\u2e7f]+|\s?[「『（《〈]*[^\s][，。、；：！？」』）》〉]*")


def width_of(words: str, size: float, *, bold: bool = False) -> float:
    """The width of one line in pixels, letters being `size` high."""
    return sum(map(_share, words)) * size * (BOLD if bold else 1.0)


@lru_cache(maxsize=8192)
def _share(one: str) -> float:
    """The width of a character as a share of its height."""
    if combining(one):
        return 0.0
    if east_asian_width(one) in "WFA":
        return FULL
    if one in "iIjlftr.,:;!'|()[] -/":
        return NARROW if one != "-" else 0.42
    if one in "mwMW%@&":
        return BROAD
    if one.isdigit():
        return DIGIT
    return CAPITAL if one.isupper() else USUAL


def lines_of(words: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Text in as many lines as it needs; Chinese may break anywhere, the rest at spaces.

    A word longer than a line is cut where the line ends.
    """
    lines, taken = [""], 0.0
    for piece in PIECES.findall(words):
        at = piece if lines[-1] else piece.lstrip()
        taken += width_of(at, size, bold=bold)
        if taken <= width:
            lines[-1] += at
            continue
        rest = piece.lstrip()
        if lines[-1]:
            lines.append("")
        while width_of(rest, size, bold=bold) > width and len(rest) > 1:
            cut = _fitting(rest, width, size, bold=bold)
            lines[-1:] = [rest[:cut], ""]
            rest = rest[cut:]
        lines[-1], taken = rest, width_of(rest, size, bold=bold)
    return lines


def balanced(words: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """As few lines as `lines_of`, of about equal length, so that no single letter is left over."""
    found = lines_of(words, width, size, bold=bold)
    low, high = width / 2, width
    for _ in range(6 if len(found) > 1 else 0):
        middle = (low + high) / 2
        lines = lines_of(words, middle, size, bold=bold)
        if len(lines) == len(found):
            found, high = lines, middle
        else:
            low = middle
    return found


def shortened(
    words: str, width: float, size: float, *, bold: bool = False, among: Iterable[str] = ()
) -> str:
    """One line: the text, or its beginning with an ellipsis. The table has the whole.

    Args:
        among: texts beside it; where one of them begins alike, the ellipsis stands in the middle,
            for names that share their beginning differ at their end.
    """
    if width_of(words, size, bold=bold) <= width:
        return words
    room = width - width_of("…", size, bold=bold)
    head = words[: _fitting(words, room, size, bold=bold)].rstrip()
    if not any(one != words and one.startswith(head) for one in among):
        return head + "…"
    backwards = words[::-1]
    tail = backwards[: _fitting(backwards, room / 2, size, bold=bold)][::-1].lstrip()
    rest = room - width_of(tail, size, bold=bold)
    return words[: _fitting(words, rest, size, bold=bold)].rstrip() + "…" + tail


def limited(words: str, width: float, size: float, lines: int, *, bold: bool = False) -> list[str]:
    """At most so many lines, the last with an ellipsis if more were needed."""
    found = lines_of(words, width, size, bold=bold)
    if len(found) <= lines:
        return found
    rest = " " if found[lines - 1].isascii() else ""
    last = found[lines - 1] + rest + found[lines]
    if width_of(last, size, bold=bold) <= width:
        last += "…"
    return [*found[: lines - 1], shortened(last, width, size, bold=bold)]


def _fitting(words: str, width: float, size: float, *, bold: bool) -> int:
    """How many characters fit; at least one."""
    room = width / size / (BOLD if bold else 1.0)
    for count, one in enumerate(words):
        room -= _share(one)
        if room < -1e-9:
            return max(count, 1)
    return max(len(words), 1)
