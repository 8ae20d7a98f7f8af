"""Opportunities against risks (機會與風險象限): two indices that are never averaged into one."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

from minben.indicators.figures import svg
from minben.indicators.figures.words import WORDS


@dataclass(frozen=True, slots=True)
class Shape:
    """Where things stand, in units of the picture, which are pixels at its natural size."""

    width: int
    left: float
    right: float
    top: float
    bottom: float
    title: int
    small: int


WIDE = Shape(width=720, left=90, right=690, top=120, bottom=640, title=24, small=16)
NARROW = Shape(width=390, left=48, right=374, top=140, bottom=466, title=19, small=13)


@dataclass(frozen=True, slots=True)
class Spot:
    """A unit with its two indices, both 0 to 1. `marked` ones are named in the picture."""

    unit: str
    opportunities: float
    risks: float
    marked: bool = False


def quadrant(
    spots: Sequence[Spot],
    *,
    title: str,
    comparators: str,
    language: Literal["zh", "en"] = "zh",
    shape: Shape = WIDE,
) -> svg.Figure:
    """Every unit in one of four fields, cut at the medians."""
    words = WORDS[language]
    if not spots:
        raise ValueError("nobody to place")
    of = words["of"].format(name=comparators, n=len(spots))
    cut = median(s.opportunities for s in spots), median(s.risks for s in spots)
    drawn = sorted(spots, key=lambda one: (one.marked, one.unit))
    body = [
        *svg.heading(title, of, shape.width, shape.title, shape.small),
        *_axes(words, shape),
        *(_dot(spot, shape) for spot in drawn),
        *_fields(cut, words, shape),
        *(_name(spot, shape) for spot in drawn if spot.marked),
    ]
    tongue = "zh-Hant" if language == "zh" else "en"
    height = int(shape.bottom) + shape.small * 4
    document = svg.document(shape.width, height, title, of, body, tongue)
    header = (words["unit"], words["opportunities"], words["risks"], words["field"])
    rows = tuple(
        (s.unit, f"{s.opportunities:.3f}", f"{s.risks:.3f}", words[_field(s, cut)])
        for s in sorted(spots, key=lambda s: (-s.opportunities, s.risks, s.unit))
    )
    return svg.Figure(document, header, rows)


def _field(spot: Spot, cut: tuple[float, float]) -> str:
    many = "high" if spot.opportunities >= cut[0] else "low"
    return f"{many}_{'high' if spot.risks > cut[1] else 'low'}"


def _x(value: float, shape: Shape) -> float:
    return shape.left + (shape.right - shape.left) * value


def _y(value: float, shape: Shape) -> float:
    """Few risks stand above."""
    return shape.top + (shape.bottom - shape.top) * value


def _axes(words: dict[str, str], shape: Shape) -> list[str]:
    width, height = shape.right - shape.left, shape.bottom - shape.top
    small = shape.small - 2
    frame = svg.tag(
        "rect",
        x=shape.left,
        y=shape.top,
        width=width,
        height=height,
        fill="none",
        stroke=svg.GRID,
    )
    quarters = [n / 4 for n in range(5)]
    below, beside = shape.bottom + 16, shape.left - 8
    middle, foot = (shape.left + shape.right) / 2, shape.bottom + shape.small * 2.7
    return [
        frame,
        *(
            svg.text(_x(q, shape), below, f"{q:g}", font_size=small, text_anchor="middle")
            for q in quarters
        ),
        *(
            svg.text(beside, _y(q, shape), f"{q:g}", font_size=small, text_anchor="end")
            for q in quarters
        ),
        svg.text(
            middle,
            foot,
            f"{words['opportunities']} →",
            font_size=shape.small,
            text_anchor="middle",
        ),
        svg.text(16, shape.top - 18, f"{words['risks']} ↓", font_size=shape.small),
    ]


def _fields(cut: tuple[float, float], words: dict[str, str], shape: Shape) -> list[str]:
    """The two cuts, and what each field means, readable over any dot."""
    x, y = svg.number(_x(cut[0], shape)), svg.number(_y(cut[1], shape))
    lines = f"M{x} {shape.top}V{shape.bottom}M{shape.left} {y}H{shape.right}"
    look = {"font_size": shape.small - 1, "fill": svg.FAINT} | svg.HALO
    right, left = shape.right - 8, shape.left + 8
    high, low = shape.top + 16, shape.bottom - 16
    return [
        svg.tag("path", d=lines, stroke=svg.FAINT, stroke_dasharray="6 4", fill="none"),
        svg.text(right, high, words["high_low"], text_anchor="end", **look),
        svg.text(left, high + shape.small * 1.4, words["low_low"], **look),
        svg.text(right, low - shape.small * 1.4, words["high_high"], text_anchor="end", **look),
        svg.text(left, low, words["low_high"], **look),
    ]


def _dot(spot: Spot, shape: Shape) -> str:
    x, y = _x(spot.opportunities, shape), _y(spot.risks, shape)
    if spot.marked:
        look = {"r": 8.0, "fill": svg.BLUE_FILL, "stroke": svg.PAPER, "stroke_width": 2}
    else:
        look = {"r": 4.5, "fill": svg.GRID, "stroke": svg.FAINT}
    return svg.tag("circle", cx=x, cy=y, **look)


def _name(spot: Spot, shape: Shape) -> str:
    x, y = _x(spot.opportunities, shape), _y(spot.risks, shape)
    left = x > (shape.left + shape.right) / 2
    look = {"font_weight": 700, "font_size": shape.small} | svg.HALO
    anchor = "end" if left else "start"
    return svg.text(x + (-14 if left else 14), y, spot.unit, text_anchor=anchor, **look)
