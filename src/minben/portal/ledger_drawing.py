"""Drawings of the ledger (帳本圖): how it grew, and the way from an entry up to the root. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from minben.ledger.merkle import node_hash

LEFT, RIGHT, TOP, BOTTOM = 84, 624, 36, 204
ROW, MIDDLE, ASIDE = 72, 320, 200
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Grown:
    """The log at one instant."""

    at: datetime
    size: int


@dataclass(frozen=True, slots=True)
class Growth:
    """A line and the area below it, in units of a 640 × 240 picture."""

    line: str
    area: str
    rows: tuple[Grown, ...]
    top: int


def growth(points: Sequence[Grown]) -> Growth | None:
    """The drawing of a log that grew; None before it has grown for a day, when it tells nothing."""
    if len(points) < 2 or points[-1].at - points[0].at < DAY or not points[-1].size:
        return None
    first, last = points[0], points[-1]
    whole = (last.at - first.at).total_seconds()

    def place(one: Grown) -> str:
        x = LEFT + (RIGHT - LEFT) * (one.at - first.at).total_seconds() / whole
        y = BOTTOM - (BOTTOM - TOP) * one.size / last.size
        return f"{x:.1f} {y:.1f}"

    line = "M" + "L".join(place(one) for one in points)
    return Growth(line, f"{line}V{BOTTOM}H{LEFT}Z", tuple(points), last.size)


@dataclass(frozen=True, slots=True)
class Step:
    """One step up: our node, the one beside it, and on which side that stands.

    Args:
        own, given: hashes in hex; `given` is what the proof brings.
        left: the given one stands on the left.
        y, up: where the row stands in the drawing, and the row above.
        x: where the given node stands.
    """

    own: str
    given: str
    left: bool
    y: int
    up: int
    x: int


@dataclass(frozen=True, slots=True)
class Ladder:
    """The drawing of a proof, bottom row first."""

    steps: tuple[Step, ...]
    root: str
    height: int
    root_y: int
    leaf_y: int


def ladder(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> Ladder:
    """How `path` leads from a leaf to the root (RFC 9162 §2.1.3.2), to be drawn."""
    height = ROW * (len(path) + 1) + 8
    at, last, own = index, size - 1, leaf
    steps = []
    for row, given in enumerate(path):
        y = height - 8 - ROW * row - ROW // 2
        left = bool(at & 1) or at == last
        x = MIDDLE - ASIDE if left else MIDDLE + ASIDE
        steps.append(Step(own.hex(), given.hex(), left, y, y - ROW, x))
        own = node_hash(given, own) if left else node_hash(own, given)
        if left:
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        at, last = at >> 1, last >> 1
    leaf_y = height - 8 - ROW // 2
    return Ladder(tuple(steps), own.hex(), height, leaf_y - ROW * len(path), leaf_y)
