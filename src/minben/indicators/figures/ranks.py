"""Intervals of ranks (名次區間): how sure a place is, row by row."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from minben.indicators.figures import svg
from minben.indicators.figures.words import WORDS

ROW = 26


@dataclass(frozen=True, slots=True)
class Shape:
    """Where things stand, in units of the picture, which are pixels at its natural size."""

    width: int
    left: float
    right: float
    top: int
    title: int
    small: int


WIDE = Shape(width=720, left=220, right=690, top=96, title=24, small=16)
NARROW = Shape(width=390, left=112, right=374, top=112, title=19, small=13)


@dataclass(frozen=True, slots=True)
class Place:
    """A unit's rank by the recipe, and the interval it has over many draws."""

    unit: str
    rank: int
    low: int
    high: int


def rank_figure(
    places: Sequence[Place],
    *,
    title: str,
    of: int,
    draws: int,
    language: Literal["zh", "en"] = "zh",
    shape: Shape = WIDE,
) -> svg.Figure:
    """Intervals of ranks, best first. `of` is how many were ranked, also if not all are shown."""
    words = WORDS[language]
    rows = sorted(places, key=lambda one: (one.rank, one.unit))
    if not rows:
        raise ValueError("nobody is ranked")
    note = words["draws"].format(n=draws, of=of)
    bottom = shape.top + ROW * len(rows)
    body = [
        *svg.heading(title, note, shape.width, shape.title, shape.small),
        *_axis(of, bottom, shape),
    ]
    for n, one in enumerate(rows):
        body += _row(one, shape.top + ROW * n + ROW / 2, of, shape)
    tongue = "zh-Hant" if language == "zh" else "en"
    document = svg.document(shape.width, bottom + 36, title, note, body, tongue)
    header = (words["unit"], words["rank"], words["interval"])
    table = tuple((one.unit, f"{one.rank}/{of}", f"{one.low}–{one.high}") for one in rows)
    return svg.Figure(document, header, table)


def _x(rank: float, of: int, shape: Shape) -> float:
    return shape.left + (shape.right - shape.left) * (rank - 1) / max(of - 1, 1)


def _axis(of: int, bottom: float, shape: Shape) -> list[str]:
    step = next(step for step in (1, 2, 5, 10, 20, 25, 50, 100, 1000) if of / step <= 10)
    marks = [1, *range(step, of + 1, step)] if step > 1 else list(range(1, of + 1))
    if marks[-1] != of and of - marks[-1] < step / 2:
        marks[-1] = of
    out = []
    for mark in marks:
        x = _x(mark, of, shape)
        line = f"M{svg.number(x)} {shape.top}V{svg.number(bottom)}"
        out.append(svg.tag("path", d=line, stroke=svg.GRID, stroke_width=1))
        small = {"font_size": shape.small - 1, "text_anchor": "middle"}
        out.append(svg.text(x, bottom + 18, str(mark), **small))
    return out


def _row(one: Place, y: float, of: int, shape: Shape) -> list[str]:
    low, high = _x(one.low, of, shape), _x(one.high, of, shape)
    line = f"M{svg.number(low)} {svg.number(y)}H{svg.number(high)}"
    ring = {"fill": svg.PAPER, "stroke": svg.INK, "stroke_width": 2.5}
    return [
        svg.text(shape.left - 14, y, one.unit, text_anchor="end", font_size=shape.small),
        svg.tag("path", d=line, stroke=svg.BLUE, stroke_width=8, stroke_linecap="round"),
        svg.tag("circle", cx=_x(one.rank, of, shape), cy=y, r=6.0, **ring),
    ]
