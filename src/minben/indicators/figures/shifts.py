"""Shifts of ranks (名次變動): between two recipes or two periods, unit by unit.

Up, down and unchanged differ by line and by sign as well as by colour. Of many units only the
marked, the greatest movers and both ends are drawn; how many are not is told, and the table has all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from minben.indicators.figures import legend as key
from minben.indicators.figures import svg
from minben.indicators.figures.lettering import shortened, width_of
from minben.indicators.figures.outlines import spread
from minben.indicators.figures.shapes import NARROW, WIDE, Shape
from minben.indicators.figures.words import WORDS

__all__ = ("ALL", "NARROW", "WIDE", "Shift", "shifts")

ALL = 24  # units up to which everybody is drawn
ENDS, MOVERS = 3, 4
UP, DOWN, SAME = "▲", "▼", "＝"


@dataclass(frozen=True, slots=True)
class Shift:
    """A unit's two ranks; None where it has none, a half where ties share the mean.

    Args:
        unit: its code.
        name: as it is shown; empty for the code.
        marked: drawn whenever not all are, and in bold.
    """

    unit: str
    before: float | None
    after: float | None
    name: str = ""
    marked: bool = False

    @property
    def told(self) -> str:
        """The name, or the code without one."""
        return self.name or self.unit

    @property
    def moved(self) -> float:
        """Places gained; below zero, lost; 0 also where one rank is not known."""
        return 0 if self.before is None or self.after is None else self.before - self.after


def shifts(
    units: Sequence[Shift],
    *,
    title: str,
    before: str,
    after: str,
    comparators: str,
    of: tuple[int, int],
    language: svg.Language = "zh",
    shape: Shape = WIDE,
    ids: str = "shifts",
) -> svg.Figure:
    """Ranks before and after.

    Args:
        before, after: what the two sides are, such as “2018” or the titles of two recipes.
        comparators: whose ranks these are.
        of: how many are ranked at each side.
    """
    words = WORDS[language]
    both = [one for one in units if one.before is not None and one.after is not None]
    note = words["of_both"].format(name=comparators, n=of[0], m=of[1])
    drawn = _drawn(both)
    rest = len(units) - len(drawn)
    told = [note, words["shift_rule"]] + ([words["undrawn_of"].format(n=rest)] if rest else [])
    sheet = svg.Sheet(title, words["stop"].join(told), language, shape, ids)
    header, rows = _table(units, before, after, of, words)
    if not both:
        return sheet.empty(header, rows)
    body, y = svg.heading(title, note, shape)
    high = max(len(drawn) * (shape.body + 7.0), 120.0)
    room = shape.right - shape.left
    ends = (0.3, 0.4) if shape.narrow else (0.3, 0.34)
    left, right = shape.left + room * ends[0], shape.right - room * ends[1]
    sides = _Sides(left, right, y + shape.body * 2.4, high, max(of))
    body += _heads(sides, (before, after), of, words, shape)
    body += _lines(drawn, sides, shape)
    samples = [(_sample(sign), words[name]) for sign, name in SIGNS.items()]
    marks, y = key.legend(samples, shape, sides.top + high + shape.body * 2.2)
    body += marks
    if rest:
        foot = words["undrawn_of"].format(n=rest) + words["stop"] + words["shift_rule"]
        lines, y = svg.paragraph(shape.left, y + 14, foot, room, shape.small)
        body += lines
    return sheet.figure(body, y + shape.margin / 2, header, rows)


SIGNS = {UP: "risen", DOWN: "fallen", SAME: "unmoved"}
STYLES: dict[str, dict[str, object]] = {
    UP: {"stroke": svg.BLUE, "stroke_width": 2.5},
    DOWN: {"stroke": svg.AMBER, "stroke_width": 2.5, "stroke_dasharray": "7 4"},
    SAME: {"stroke": svg.FAINT, "stroke_width": 1.5},
}


def _sign(one: Shift) -> str:
    return UP if one.moved > 0 else DOWN if one.moved < 0 else SAME


def _drawn(both: Sequence[Shift]) -> list[Shift]:
    """All if they are few; else the marked, the greatest movers both ways, and both ends."""
    ordered = sorted(both, key=lambda one: (one.after or 0, one.unit))
    if len(both) <= ALL:
        return ordered
    earlier = sorted(both, key=lambda one: (one.before or 0, one.unit))
    moved = sorted(both, key=lambda one: (one.moved, one.unit))
    keep = {one.unit for one in both if one.marked}
    keep |= {one.unit for rows in (ordered, earlier) for one in (*rows[:ENDS], *rows[-ENDS:])}
    keep |= {one.unit for one in moved[:MOVERS] if one.moved < 0}
    keep |= {one.unit for one in moved[-MOVERS:] if one.moved > 0}
    return [one for one in ordered if one.unit in keep]


@dataclass(frozen=True, slots=True)
class _Sides:
    """The two upright lines, and where a rank stands on them."""

    left: float
    right: float
    top: float
    high: float
    of: int

    def y(self, rank: float) -> float:
        """The best rank above."""
        return self.top + self.high * (rank - 1) / max(self.of - 1, 1)


def _heads(
    sides: _Sides,
    titles: tuple[str, str],
    of: tuple[int, int],
    words: dict[str, str],
    shape: Shape,
) -> list[str]:
    out = []
    room = shape.width / 2 - shape.margin - 6
    ends = ((shape.left, "start"), (shape.right, "end"))
    for (x, anchor), name, count in zip(ends, titles, of, strict=True):
        number = words["of_n"].format(n=count)
        wide = width_of(number, shape.body, bold=True)
        told = shortened(name, room - wide, shape.body, bold=True) + number
        look = {"font_size": shape.body, "font_weight": 700, "text_anchor": anchor}
        out.append(svg.text(x, sides.top - shape.body * 1.6, told, **look))
    bottom = sides.top + sides.high
    ends_of = (sides.left, sides.right)
    return [*out, *(svg.line(x, sides.top, x, bottom, stroke=svg.GRID) for x in ends_of)]


def _lines(drawn: Sequence[Shift], sides: _Sides, shape: Shape) -> list[str]:
    """Slopes first, then points, then the labels that keep off each other."""
    slopes, points, labels = [], [], []
    gap = shape.body + 5.0
    bottom = sides.top + sides.high
    for before in (True, False):
        x, out = (sides.left, -1) if before else (sides.right, 1)
        rank = {one.unit: (one.before if before else one.after) or 0 for one in drawn}
        ordered = sorted(drawn, key=lambda one: (rank[one.unit], one.unit))
        wanted = [sides.y(rank[one.unit]) for one in ordered]
        places = spread(wanted, gap, sides.top, bottom)
        for one, at, y in zip(ordered, places, wanted, strict=True):
            style = STYLES[_sign(one)]
            points.append(svg.tag("circle", cx=x, cy=y, r=4.0, fill=style["stroke"]))
            tie = f"M{svg.number(x + 5 * out)} {svg.number(y)}L{svg.number(x + 16 * out)} {svg.number(at)}"
            points.append(svg.tag("path", d=tie, fill="none", stroke=svg.FAINT, stroke_width=1))
            labels.append(_label(one, x + 20 * out, at, rank[one.unit], before=before, shape=shape))
    for one in drawn:
        path = (
            f"M{svg.number(sides.left)} {svg.number(sides.y(one.before or 0))}"
            f"L{svg.number(sides.right)} {svg.number(sides.y(one.after or 0))}"
        )
        style = STYLES[_sign(one)] | ({"stroke_width": 4} if one.marked else {})
        slopes.append(svg.tag("path", d=path, fill="none", **style))
    return slopes + points + labels


def _label(one: Shift, x: float, y: float, rank: float, *, before: bool, shape: Shape) -> str:
    """Name and rank; at the right also how far it moved."""
    sign = _sign(one)
    moved = f"{sign}{abs(one.moved):g}" if one.moved else sign
    rest = f" {rank:g}" if before else f" {moved}"
    front = "" if before else f"{rank:g} "
    room = (x - shape.left) if before else (shape.right - x)
    size = shape.small if shape.narrow else shape.body
    taken = width_of(front + rest, size, bold=one.marked)
    name = shortened(one.told, room - taken, size, bold=one.marked)
    look = {"font_size": size, "font_weight": 700 if one.marked else None}
    anchor = "end" if before else "start"
    return svg.text(x, y, f"{front}{name}{rest}", text_anchor=anchor, **look)


def _sample(sign: str) -> key.Draw:
    def draw(x: float, y: float) -> str:
        line = svg.tag(
            "path", d=f"M{svg.number(x)} {svg.number(y)}h18", fill="none", **STYLES[sign]
        )
        look = {"font_size": 12, "text_anchor": "end"}
        return line + svg.text(x + key.SAMPLE + 3, y, sign, **look)

    return draw


def _table(
    units: Sequence[Shift],
    before: str,
    after: str,
    of: tuple[int, int],
    words: dict[str, str],
) -> tuple[svg.Row, list[svg.Row]]:
    header = (words["code"], words["unit"], before, after, words["shift"])

    def told(rank: float | None, count: int) -> str:
        return words["unranked"] if rank is None else f"{rank:g}/{count}"

    ordered = sorted(units, key=lambda one: (one.after is None, one.after or 0, one.unit))
    rows = [
        (
            one.unit,
            one.told,
            told(one.before, of[0]),
            told(one.after, of[1]),
            words["unranked"] if None in (one.before, one.after) else f"{one.moved:+g}",
        )
        for one in ordered
    ]
    return header, [tuple(row) for row in rows]
