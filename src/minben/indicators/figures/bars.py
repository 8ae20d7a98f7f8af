"""Bars (長條比較): one indicator over all units, with the median, and who has no data."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from statistics import median

from minben.indicators.figures import legend as key
from minben.indicators.figures import svg
from minben.indicators.figures.choosing import MOST, chosen, with_gaps
from minben.indicators.figures.lettering import shortened, width_of
from minben.indicators.figures.scale import Axis, axis, told
from minben.indicators.figures.shapes import NARROW, WIDE, Shape
from minben.indicators.figures.words import WORDS

__all__ = ("NARROW", "WIDE", "Value", "bars")


@dataclass(frozen=True, slots=True)
class Value:
    """A unit's value; None without data.

    Args:
        unit: its code.
        name: as it is shown; empty for the code.
        marked: drawn whenever not all are, in bold and striped.
    """

    unit: str
    value: float | None
    name: str = ""
    marked: bool = False

    @property
    def told(self) -> str:
        """The name, or the code without one."""
        return self.name or self.unit


def bars(
    values: Sequence[Value],
    *,
    title: str,
    comparators: str,
    measure: str = "",
    period: str = "",
    falling: bool = True,
    decimals: int = 1,
    language: svg.Language = "zh",
    shape: Shape = WIDE,
    ids: str = "bars",
    most: int = MOST,
) -> svg.Figure:
    """Units by value, from zero.

    Args:
        falling: the highest first; False for an indicator of which less is better.
        most: rows that are drawn; of more the ends and the marked, and the table has all.
    """
    words = WORDS[language]
    known, without = _parted(values, falling=falling)
    note = svg.dated(period, words["of"].format(name=comparators, n=len(values)))
    lacking = words["without_units"].format(n=len(without))
    spoken = words["stop"].join((note, lacking))
    sheet = svg.Sheet(title, spoken, language, shape, ids)
    header, rows = _table(known, without, words, decimals)
    if not known:
        return sheet.empty(header, rows)
    body, y = svg.heading(title, note, shape)
    ordered = [*known, *without]
    marked = [n for n, one in enumerate(ordered) if one.marked]
    shown = _shown(len(known), len(ordered), marked, most)
    lines = with_gaps(len(ordered), shown)
    names = max(width_of(ordered[n].told, shape.body, bold=True) for n in shown)
    numbers = max(width_of(_number(one, decimals), shape.small, bold=True) for one in known)
    left = shape.left + min(names, (shape.right - shape.left) * 0.36) + 12
    found = [one.value or 0.0 for one in known]
    across = axis(found, left, shape.right - numbers - 12, zero=True, ticks=5)
    top = y + shape.body * 1.6
    bottom = top + shape.row * len(lines)
    beside = [ordered[n].told for n in shown]
    body += _grid(across, median(found), top, bottom, measure, decimals, words, shape)
    for n, at in enumerate(lines):
        middle = top + shape.row * (n + 0.5)
        if isinstance(at, tuple):
            look = {"font_size": shape.small, "fill": svg.FAINT} | svg.HALO
            lacking = "undrawn" if at[0] < len(known) else "without_units"
            left_out = words[lacking].format(n=at[1])
            body.append(svg.text(left + 4, middle, left_out, **look))
        else:
            body += _row(ordered[at], beside, middle, across, decimals, words, shape, ids)
    marks, end = _legend(known, without, words, shape, bottom + shape.small * 3.4, ids)
    return sheet.figure([*body, *marks], end + shape.margin / 2, header, rows)


def _shown(known: int, count: int, marked: Sequence[int], most: int) -> list[int]:
    """All if they fit; else of those without data only the marked, and the rest of the others."""
    if count <= most:
        return list(range(count))
    without = [n for n in marked if n >= known][: most // 2]
    return [*chosen(known, [n for n in marked if n < known], most - len(without)), *without]


def _parted(values: Sequence[Value], *, falling: bool) -> tuple[list[Value], list[Value]]:
    """Those with a value, in order; and those without, by name."""
    known = [one for one in values if one.value is not None and isfinite(one.value)]
    known.sort(key=lambda one: (-(one.value or 0.0) if falling else one.value or 0.0, one.unit))
    there = {one.unit for one in known}
    return known, sorted((v for v in values if v.unit not in there), key=lambda one: one.unit)


def _number(one: Value, decimals: int) -> str:
    return f"{one.value or 0.0:.{decimals}f}"


def _grid(
    across: Axis,
    middle: float,
    top: float,
    bottom: float,
    measure: str,
    decimals: int,
    words: dict[str, str],
    shape: Shape,
) -> list[str]:
    """Ticks below, the median as a dashed line with its value above."""
    out = []
    for tick in across.ticks:
        x = across.at(tick)
        colour = svg.FAINT if tick == 0 else svg.GRID
        out.append(svg.line(x, top, x, bottom, stroke=colour, stroke_width=1))
        look = {"font_size": shape.small, "text_anchor": "middle"}
        out.append(svg.text(x, bottom + shape.small, told(tick), **look))
    if measure:
        out.append(svg.text(shape.left, bottom + shape.small, measure, font_size=shape.small))
    x = across.at(middle)
    look = {"stroke": svg.INK, "stroke_width": 2, "stroke_dasharray": "5 4"}
    out.append(svg.line(x, top - 6, x, bottom, **look))
    words_of = f"{words['median']} {middle:.{decimals}f}"
    half = width_of(words_of, shape.small) / 2
    at = min(max(x, shape.left + half), shape.right - half)
    style = {"font_size": shape.small, "text_anchor": "middle"}
    return [*out, svg.text(at, top - 6 - shape.small * 0.8, words_of, **style)]


def _row(
    one: Value,
    beside: Sequence[str],
    y: float,
    across: Axis,
    decimals: int,
    words: dict[str, str],
    shape: Shape,
    ids: str,
) -> list[str]:
    zero, weight = across.at(0), 700 if one.marked else None
    room = min(across.start, zero) - 10 - shape.left
    name = shortened(one.told, room, shape.body, bold=one.marked, among=beside)
    look = {"font_size": shape.body, "font_weight": weight, "text_anchor": "end"}
    out = [svg.text(across.start - 10, y, name, **look)]
    if one.value is None or not isfinite(one.value):
        dots = {"fill": svg.paint("dots", ids), "stroke": svg.FAINT, "stroke_dasharray": "3 3"}
        box = {"x": across.start, "y": y - 8, "width": 44.0, "height": 16}
        style = {"font_size": shape.small} | svg.HALO
        told_so = svg.text(across.start + 52, y, words["missing"], **style)
        return [*out, svg.tag("rect", **box, **dots), told_so]
    x = across.at(one.value)
    fill = svg.BLUE_FILL if one.marked else PALE_BLUE
    place = {"x": min(x, zero), "y": y - 8, "width": max(abs(x - zero), 1.0), "height": 16}
    out.append(svg.tag("rect", **place, fill=fill, stroke=svg.BLUE))
    style = {"font_size": shape.small, "font_weight": weight} | svg.HALO
    out.append(svg.text(max(x, zero) + 7, y, _number(one, decimals), **style))
    return out


PALE_BLUE = "#bfd8ea"


def _legend(
    known: Sequence[Value],
    without: Sequence[Value],
    words: dict[str, str],
    shape: Shape,
    y: float,
    ids: str,
) -> tuple[list[str], float]:
    """What the marks mean, of those that are there."""
    dashes = {"stroke": svg.INK, "stroke_width": 2, "stroke_dasharray": "5 4"}
    items = [(key.rule(**dashes), words["median"])]
    marked = [one.told for one in known if one.marked]
    if marked:
        told_of = words["listed"].join(marked[:3]) + ("…" if len(marked) > 3 else "")
        items.append((key.box(fill=svg.BLUE_FILL, stroke=svg.BLUE), told_of))
    if without:
        dots = {"fill": svg.paint("dots", ids), "stroke": svg.FAINT, "stroke_dasharray": "3 3"}
        items.append((key.box(**dots), words["without_units"].format(n=len(without))))
    return key.legend(items, shape, y)


def _table(
    known: Sequence[Value], without: Sequence[Value], words: dict[str, str], decimals: int
) -> tuple[svg.Row, list[svg.Row]]:
    """Places are among those with a value; equal values share the best place."""
    header = tuple(words[name] for name in ("place", "code", "unit", "raw"))
    first: dict[float, int] = {}
    for n, one in enumerate(known, start=1):
        first.setdefault(one.value or 0.0, n)
    rows: list[svg.Row] = [
        (f"{first[one.value or 0.0]}/{len(known)}", one.unit, one.told, _number(one, decimals))
        for one in known
    ]
    rows += [(words["missing"], one.unit, one.told, words["missing"]) for one in without]
    return header, rows
