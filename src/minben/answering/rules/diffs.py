"""What changed between two texts (差異), fit for Chinese: sentence by sentence, then sign by sign.

Words of letters and digits stay whole; every other sign stands for itself, as Chinese has no
spaces between words. Pure.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

_SENTENCES = re.compile(r"[^。！？；\n]*[。！？；\n]+|[^。！？；\n]+")
_SIGNS = re.compile(r"[0-9A-Za-z]+(?:[.,:/-][0-9A-Za-z]+)*|\s+|.", re.DOTALL)
MOST: Final = 1_500_000
"""Pairs of signs that are compared; a longer passage is shown as replaced as a whole."""


class Change(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the two texts."""

    change: Change
    text: str


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """The two texts as pieces in order; no two neighbours are of the same change.

    What is not new, joined, is `before`; what is not gone is `after`.
    """
    return tuple(_joined(_by_sentence(before, after)))


def _by_sentence(before: str, after: str) -> Iterator[Piece]:
    old, new = _SENTENCES.findall(before), _SENTENCES.findall(after)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece(Change.SAME, "".join(old[i1:i2]))
        else:
            yield from _by_sign("".join(old[i1:i2]), "".join(new[j1:j2]))


def _by_sign(before: str, after: str) -> Iterator[Piece]:
    old, new = _SIGNS.findall(before), _SIGNS.findall(after)
    if len(old) * len(new) > MOST:
        yield from _replaced(old, new)
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece(Change.SAME, "".join(old[i1:i2]))
        else:
            yield from _replaced(old[i1:i2], new[j1:j2])


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    yield Piece(Change.GONE, "".join(old))
    yield Piece(Change.NEW, "".join(new))


def _joined(found: Iterator[Piece]) -> Iterator[Piece]:
    """Neighbours of one change made one, and within a change what is gone before what is new."""
    gone = new = same = ""
    for piece in found:
        if piece.change is Change.SAME:
            yield from _changed(gone, new)
            gone = new = ""
            same += piece.text
            continue
        if same:
            yield Piece(Change.SAME, same)
            same = ""
        gone += piece.text if piece.change is Change.GONE else ""
        new += piece.text if piece.change is Change.NEW else ""
    if same:
        yield Piece(Change.SAME, same)
    yield from _changed(gone, new)


def _changed(gone: str, new: str) -> Iterator[Piece]:
    if gone:
        yield Piece(Change.GONE, gone)
    if new:
        yield Piece(Change.NEW, new)
