"""Intervals of ranks (名次區間): how sure a place is, row by row."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from minben.indicators.figures import legend as key
from minben.indicators.figures import svg
from minben.indicators.figures.choosing import MOST, chosen, with_gaps
from minben.indicators.figures.lettering import shortened, width_of
from minben.indicators.figures.shapes import NARROW, WIDE, Shape
from minben.indicators.figures.words import WORDS

__all__ = ("NARROW", "WIDE", "Place", "rank_figure")


@dataclass(frozen=True, slots=True)
class Place:
    """A unit's rank by the recipe, and the interval it has over many draws; NaN if it has none.

    Args:
        unit: its code.
        name: as it is shown; empty for the code.
        marked: shown whenever not all are, and in bold.
    """

    unit: str
    rank: float
    low: float
    high: float
    name: str = ""
    marked: bool = False

    @property
    def told(self) -> str:
        """The name, or the code without one."""
        return self.name or self.unit

    @property
    def drawn(self) -> bool:
        """Whether it was ranked in any draw."""
        return isfinite(self.low) and isfinite(self.high)

    @property
    def interval(self) -> str:
        """From the best to the worst."""
        return f"{self.low:g}–{self.high:g}" if self.drawn else ""


@dataclass(frozen=True, slots=True)
class Axis:
    """Ranks from left to right, 1 first."""

    left: float
    right: float
    of: int

    def x(self, rank: float) -> float:
        """Where a rank stands."""
        return self.left + (self.right - self.left) * (rank - 1) / max(self.of - 1, 1)


def rank_figure(
    places: Sequence[Place],
    *,
    title: str,
    comparators: str,
    of: int,
    draws: int,
    period: str = "",
    language: svg.Language = "zh",
    shape: Shape = WIDE,
    ids: str = "ranks",
    most: int = MOST,
) -> svg.Figure:
    """Intervals of ranks, best first. `of` is how many of the comparators were
    ranked, also if not all are shown."""
    words = WORDS[language]
    rows = sorted(places, key=lambda one: (one.rank, one.unit))
    of_whom = svg.dated(period, words["of"].format(name=comparators, n=of))
    note = words["stop"].join((of_whom, words["draws"].format(n=draws)))
    sheet = svg.Sheet(title, note, language, shape, ids)
    header = tuple(words[name] for name in ("code", "unit", "rank", "interval"))
    if not rows:
        return sheet.empty(header)
    body, top = svg.heading(title, note, shape)
    shown = chosen(len(rows), [n for n, one in enumerate(rows) if one.marked], most)
    lines = with_gaps(len(rows), shown)
    names = max(width_of(rows[n].told, shape.body, bold=True) for n in shown)
    left = shape.left + min(names, (shape.right - shape.left) * 0.36) + 18
    axis = Axis(left, shape.right - 10, of)
    top += shape.row * 0.4
    bottom = top + shape.row * len(lines)
    beside = [rows[n].told for n in shown]
    body += ticks(axis, top, bottom, shape)
    for n, at in enumerate(lines):
        y = top + shape.row * (n + 0.5)
        if isinstance(at, tuple):
            told = words["undrawn"].format(n=at[1])
            look = {"font_size": shape.small, "fill": svg.FAINT} | svg.HALO
            body.append(svg.text(axis.left, y, told, **look))
        else:
            body += _row(rows[at], beside, y, axis, shape)
    samples = [
        (key.dot(r=6.0, **RING), words["rank"]),
        (key.rule(**STROKE), words["interval"]),
    ]
    marks, end = key.legend(samples, shape, bottom + shape.small * 3.2)
    table = [(one.unit, one.told, f"{one.rank:g}/{of}", one.interval) for one in rows]
    return sheet.figure([*body, *marks], end + shape.margin / 2, header, table)


RING = {"fill": svg.PAPER, "stroke": svg.INK, "stroke_width": 2.5}
STROKE = {"stroke": svg.BLUE, "stroke_width": 8, "stroke_linecap": "round"}


def ticks(axis: Axis, top: float, bottom: float, shape: Shape) -> list[str]:
    """A line at every round rank, the first and the last, with its number below."""
    of = axis.of
    most = (axis.right - axis.left) / (width_of(str(of), shape.small) + 10)
    steps = (1, 2, 5, 10, 20, 25, 50, 100, 1000, of)
    step = next(step for step in steps if of / step <= min(most, 10) or step == of)
    marks = [1, *range(step, of + 1, step)] if step > 1 else list(range(1, of + 1))
    if marks[-1] != of and of - marks[-1] < step / 2:
        marks[-1] = of
    out = []
    for mark in marks:
        x = axis.x(mark)
        out.append(svg.line(x, top, x, bottom, stroke=svg.GRID, stroke_width=1))
        look = {"font_size": shape.small, "text_anchor": "middle"}
        out.append(svg.text(x, bottom + shape.small, str(mark), **look))
    return out


def _row(one: Place, beside: Sequence[str], y: float, axis: Axis, shape: Shape) -> list[str]:
    weight = 700 if one.marked else None
    room = axis.left - 16 - shape.left
    told = shortened(one.told, room, shape.body, bold=one.marked, among=beside)
    look = {"text_anchor": "end", "font_size": shape.body, "font_weight": weight}
    return [
        svg.text(axis.left - 16, y, told, **look),
        *([svg.line(axis.x(one.low), y, axis.x(one.high), y, **STROKE)] if one.drawn else []),
        svg.tag("circle", cx=axis.x(one.rank), cy=y, r=6.0, **RING),
    ]
