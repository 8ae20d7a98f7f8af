"""Opportunities against risks (機會與風險象限): two indices that are never averaged into one.

Source: OECD (2019), How's Life in the Digital Age?, which finds the two not to be correlated.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from minben.indicators.figures import svg
from minben.indicators.figures.lettering import shortened, width_of
from minben.indicators.figures.shapes import NARROW, WIDE, Shape
from minben.indicators.figures.words import WORDS

__all__ = ("NARROW", "WIDE", "Spot", "quadrant")


@dataclass(frozen=True, slots=True)
class Spot:
    """A unit with its two indices, both 0 to 1. `marked` ones are named in the picture.

    Args:
        unit: its code.
        name: as it is shown; empty for the code.
    """

    unit: str
    opportunities: float
    risks: float
    marked: bool = False
    name: str = ""

    @property
    def told(self) -> str:
        """The name, or the code without one."""
        return self.name or self.unit


@dataclass(frozen=True, slots=True)
class Plane:
    """Where the square stands. Few risks stand above."""

    left: float
    right: float
    top: float
    bottom: float

    def x(self, value: float) -> float:
        """Of so many opportunities, from 0 to 1."""
        return self.left + (self.right - self.left) * value

    def y(self, value: float) -> float:
        """Of so many risks, from 0 to 1."""
        return self.top + (self.bottom - self.top) * value


def quadrant(
    spots: Sequence[Spot],
    *,
    title: str,
    comparators: str,
    period: str = "",
    language: svg.Language = "zh",
    shape: Shape = WIDE,
    ids: str = "quadrant",
) -> svg.Figure:
    """Every unit in one of four fields, cut at the medians."""
    words = WORDS[language]
    of = svg.dated(period, words["of"].format(name=comparators, n=len(spots)))
    sheet = svg.Sheet(title, f"{of}{words['stop']}{words['cut']}", language, shape, ids)
    header = tuple(words[name] for name in ("code", "unit", "opportunities", "risks", "field"))
    if not spots:
        return sheet.empty(header)
    cut = median(s.opportunities for s in spots), median(s.risks for s in spots)
    drawn = sorted(spots, key=lambda one: (one.marked, one.unit))
    body, top = svg.heading(title, of, shape)
    left = shape.left + width_of("0.75", shape.small) + 8
    top += shape.body * 2
    plane = Plane(left, shape.right, top, top + min(shape.right - left, 520.0))
    body += [
        *_axes(words, plane, shape),
        *(_dot(spot, plane) for spot in drawn),
        *_fields(cut, words, plane, shape),
        *(_name(spot, plane, shape) for spot in drawn if spot.marked),
    ]
    rows = [
        (s.unit, s.told, f"{s.opportunities:.3f}", f"{s.risks:.3f}", words[_field(s, cut)])
        for s in sorted(spots, key=lambda s: (-s.opportunities, s.risks, s.unit))
    ]
    return sheet.figure(body, plane.bottom + shape.body * 3.6, header, rows)


def _field(spot: Spot, cut: tuple[float, float]) -> str:
    many = "high" if spot.opportunities >= cut[0] else "low"
    return f"{many}_{'high' if spot.risks > cut[1] else 'low'}"


def _axes(words: dict[str, str], plane: Plane, shape: Shape) -> list[str]:
    width, height = plane.right - plane.left, plane.bottom - plane.top
    frame = {"fill": "none", "stroke": svg.GRID}
    out = [svg.tag("rect", x=plane.left, y=plane.top, width=width, height=height, **frame)]
    for n in range(5):
        told = f"{n / 4:g}"
        anchor = "end" if n == 4 else "middle"
        look = {"font_size": shape.small, "text_anchor": anchor}
        out.append(svg.text(plane.x(n / 4), plane.bottom + 16, told, **look))
        look = {"font_size": shape.small, "text_anchor": "end"}
        out.append(svg.text(plane.left - 8, plane.y(n / 4), told, **look))
    middle, foot = (plane.left + plane.right) / 2, plane.bottom + shape.body * 2.6
    below = f"{words['opportunities']} →"
    out.append(svg.text(middle, foot, below, font_size=shape.body, text_anchor="middle"))
    beside = f"{words['risks']} ↓"
    return [*out, svg.text(shape.left, plane.top - 18, beside, font_size=shape.body)]


def _fields(
    cut: tuple[float, float], words: dict[str, str], plane: Plane, shape: Shape
) -> list[str]:
    """The two cuts, and what each field means, readable over any dot."""
    x, y = svg.number(plane.x(cut[0])), svg.number(plane.y(cut[1]))
    top, bottom, left, right = map(svg.number, (plane.top, plane.bottom, plane.left, plane.right))
    lines = f"M{x} {top}V{bottom}M{left} {y}H{right}"
    look = {"font_size": shape.small, "fill": svg.FAINT} | svg.HALO
    high, low, lift = plane.top + 16, plane.bottom - 16, shape.small * 1.5
    end = {"text_anchor": "end"} | look
    return [
        svg.tag("path", d=lines, stroke=svg.FAINT, stroke_dasharray="6 4", fill="none"),
        svg.text(plane.right - 8, high, words["high_low"], **end),
        svg.text(plane.left + 8, high + lift, words["low_low"], **look),
        svg.text(plane.right - 8, low - lift, words["high_high"], **end),
        svg.text(plane.left + 8, low, words["low_high"], **look),
    ]


def _dot(spot: Spot, plane: Plane) -> str:
    x, y = plane.x(spot.opportunities), plane.y(spot.risks)
    if spot.marked:
        look = {"r": 8.0, "fill": svg.BLUE_FILL, "stroke": svg.PAPER, "stroke_width": 2}
    else:
        look = {"r": 4.5, "fill": svg.BAND, "stroke": svg.FAINT}
    return svg.tag("circle", cx=x, cy=y, **look)


def _name(spot: Spot, plane: Plane, shape: Shape) -> str:
    x, y = plane.x(spot.opportunities), plane.y(spot.risks)
    left = x > (plane.left + plane.right) / 2
    look = {"font_weight": 700, "font_size": shape.body} | svg.HALO
    room = (x - 14 - shape.left) if left else (shape.right - x - 14)
    told = shortened(spot.told, room, shape.body, bold=True)
    return svg.text(
        x + (-14 if left else 14), y, told, text_anchor="end" if left else "start", **look
    )
