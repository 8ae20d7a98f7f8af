"""The rank a unit would have (可得名次): where an own estimate stands among N, and how surely.

Of a unit the publisher left out (自行估算). Each result has an axis of all places, the unit itself
counted; a ring where it would stand, and a line for each thing that leaves the place open.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from minben.indicators.figures import legend as key
from minben.indicators.figures import svg
from minben.indicators.figures.lettering import lines_of, shortened, width_of
from minben.indicators.figures.ranks import RING, STROKE, Axis, ticks
from minben.indicators.figures.shapes import NARROW, WIDE, Shape
from minben.indicators.figures.words import WORDS

__all__ = ("NARROW", "WIDE", "Placed", "Span", "placed")


@dataclass(frozen=True, slots=True)
class Span:
    """Where the rank stays in nine of ten draws of one thing; not finite if nothing was drawn."""

    title: str
    low: float
    high: float

    @property
    def known(self) -> bool:
        """Whether it was drawn."""
        return isfinite(self.low) and isfinite(self.high)


@dataclass(frozen=True, slots=True)
class Placed:
    """One result of the unit.

    Args:
        rank: that it would have; not finite if its score is withheld.
        of: among how many, itself included.
        above, below: who stands next to it; empty for nobody.
    """

    title: str
    rank: float
    of: int
    spans: tuple[Span, ...]
    above: str = ""
    below: str = ""


def placed(
    results: Sequence[Placed],
    *,
    title: str,
    comparators: str,
    draws: int,
    period: str = "",
    language: svg.Language = "zh",
    shape: Shape = WIDE,
    ids: str = "placed",
) -> svg.Figure:
    """The rank of a unit in each result. `comparators` are the units besides it."""
    words = WORDS[language]
    known = [one for one in results if isfinite(one.rank)]
    note = words["stop"].join((words["own_estimate"], svg.dated(period, comparators)))
    said = [_said(one, words) for one in results]
    drawn = words["placed_draws"].format(n=draws)
    sheet = svg.Sheet(title, words["stop"].join((note, *said, drawn)), language, shape, ids)
    header, rows = _table(results, words)
    if not known:
        return sheet.empty(header, rows)
    body, y = svg.heading(title, note, shape)
    lines, y = svg.paragraph(shape.left, y + 2, drawn, shape.right - shape.left, shape.small)
    body += lines
    for one in results:
        lines, y = _block(one, y + shape.body, words, shape)
        body += lines
    samples = [(key.dot(r=6.0, **RING), words["would_be"]), (key.rule(**STROKE), words["interval"])]
    marks, end = key.legend(samples, shape, y + shape.small)
    return sheet.figure([*body, *marks], end + shape.margin / 2, header, rows)


def _said(one: Placed, words: dict[str, str]) -> str:
    """The rank in words, and between whom; or that there is none."""
    if not isfinite(one.rank):
        return f"{one.title}{words['colon']}{words['withheld']}"
    rank = words["placed_at"].format(rank=f"{one.rank:g}", of=one.of)
    name = "between_both" if one.above and one.below else "below_one" if one.above else "above_one"
    between = words[name].format(above=one.above, below=one.below) if one.above or one.below else ""
    told = words["comma"].join(part for part in (rank, between) if part)
    return f"{one.title}{words['colon']}{told}"


def _block(one: Placed, y: float, words: dict[str, str], shape: Shape) -> tuple[list[str], float]:
    """One result: its rank in words, and an axis with a line for each thing drawn."""
    out = []
    for part in lines_of(_said(one, words), shape.right - shape.left, shape.body, bold=True):
        out.append(svg.text(shape.left, y, part, font_size=shape.body, font_weight=700))
        y += shape.body * 1.4
    if not isfinite(one.rank):
        return out, y
    spans = [span for span in one.spans if span.known]
    names = max((width_of(span.title, shape.small) for span in spans), default=0.0)
    beside = 0.0 if shape.narrow else min(names, 300.0) + 20
    line = Axis(shape.left + 12 + beside, shape.right - 14, one.of)
    high = shape.row + (shape.small * 1.2 if shape.narrow and spans else 0)
    top, bottom = y, y + high * max(len(spans), 1)
    inside = []
    for n, span in enumerate(spans):
        at = top + high * (n + 1) - shape.row / 2
        room = beside - 20 if not shape.narrow else shape.right - shape.left
        x, name = (shape.left, at) if not shape.narrow else (shape.left, at - shape.small * 1.4)
        told = shortened(span.title, room, shape.small)
        inside.append(svg.text(x, name, told, font_size=shape.small, **svg.HALO))
        inside.append(svg.line(line.x(span.low), at, line.x(span.high), at, **STROKE))
        inside.append(svg.tag("circle", cx=line.x(one.rank), cy=at, r=6.0, **RING))
    if not spans:
        inside.append(svg.tag("circle", cx=line.x(one.rank), cy=(top + bottom) / 2, r=6.0, **RING))
    return [*out, *ticks(line, top, bottom, shape), *inside], bottom + shape.small * 2.4


def _table(results: Sequence[Placed], words: dict[str, str]) -> tuple[svg.Row, list[svg.Row]]:
    """A line for each thing drawn; one with the rank alone where nothing was."""
    names = ("result", "would_be", "of_total", "above", "below", "drawn_of", "interval")
    rows: list[svg.Row] = []
    for one in results:
        if not isfinite(one.rank):
            rows.append((one.title, words["withheld"], "", "", "", "", ""))
            continue
        place = (one.title, f"{one.rank:g}", str(one.of), one.above, one.below)
        spans = [span for span in one.spans if span.known] or [Span("", float("nan"), 0.0)]
        rows += [
            (*place, span.title, f"{span.low:g}–{span.high:g}" if span.known else "")
            for span in spans
        ]
    return tuple(words[name] for name in names), rows
