"""Weight and importance (名目權重與實際影響): what a component was meant to decide, and what it does.

Source of the measure: the squared correlation of a component with the composite, as a share of
all components (Paruolo, Saisana and Saltelli, 2013, in its linear form).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from minben.indicators.figures import legend as key
from minben.indicators.figures import svg
from minben.indicators.figures.lettering import limited
from minben.indicators.figures.scale import Axis, axis, rules, told
from minben.indicators.figures.shapes import NARROW, WIDE, Shape
from minben.indicators.figures.words import WORDS

__all__ = ("NARROW", "WIDE", "Component", "importance")


@dataclass(frozen=True, slots=True)
class Component:
    """A component with its weight and its importance, both as shares of 1.

    Args:
        effective: None or not finite if it cannot be told, as with too few units.
    """

    title: str
    nominal: float
    effective: float | None


def importance(
    components: Sequence[Component],
    *,
    title: str,
    comparators: str,
    count: int,
    language: svg.Language = "zh",
    shape: Shape = WIDE,
    ids: str = "importance",
) -> svg.Figure:
    """Two marks for each component: a square for its weight, a dot for what it decides.

    Args:
        comparators, count: the units the correlations are of.
    """
    words = WORDS[language]
    note = words["of"].format(name=comparators, n=count)
    sheet = svg.Sheet(
        title, words["stop"].join((note, words["effective_is"])), language, shape, ids
    )
    header = tuple(words[name] for name in ("component", "nominal", "effective", "gap"))
    rows = [_cells(one, words) for one in components]
    if not any(_known(one) for one in components):
        return sheet.empty(header, rows)
    body, y = svg.heading(title, note, shape)
    lines, y = svg.paragraph(
        shape.left, y + 2, words["effective_is"], shape.right - shape.left, shape.small
    )
    body += lines
    samples = [(key.dot(r=5.5, **DOT), words["effective"]), (_square, words["nominal"])]
    marks, y = key.legend(samples, shape, y + 10)
    body += marks
    ends = [one.nominal for one in components]
    ends += [one.effective or 0.0 for one in components if _known(one)]
    left = shape.left + (10 if shape.narrow else 290.0)
    across = axis([100 * value for value in ends], left, shape.right - 16, zero=True, ticks=6)
    top, inside = y + 6, []
    y = top
    for one in sorted(components, key=lambda one: -(one.effective or 0.0) if _known(one) else 1.0):
        wide = shape.right - shape.left if shape.narrow else left - shape.left - 24
        parts = limited(one.title, wide, shape.body, 2)
        step = shape.body * 1.3
        high = len(parts) * step + (26 if shape.narrow else 14)
        start = y + step * 0.75 + (0 if shape.narrow else 6)
        inside += [
            svg.text(shape.left, start + n * step, part, font_size=shape.body)
            for n, part in enumerate(parts)
        ]
        middle = y + high - 12 if shape.narrow else y + high / 2
        if shape.narrow:
            inside += rules(across, middle - 11, middle + 11)
        inside += _marks(one, middle, across, words, shape)
        y += high
    for tick in across.ticks:
        look = {"font_size": shape.small, "text_anchor": "middle"}
        inside.append(svg.text(across.at(tick), y + shape.small, f"{told(tick)}%", **look))
    body += [] if shape.narrow else rules(across, top, y)
    return sheet.figure([*body, *inside], y + shape.small * 2 + shape.margin / 2, header, rows)


DOT = {"fill": svg.BLUE, "stroke": svg.PAPER, "stroke_width": 1.5}
SIDE = 17.0


def _known(one: Component) -> bool:
    return one.effective is not None and isfinite(one.effective)


def _square(x: float, y: float) -> str:
    return _box(x + key.SAMPLE / 2, y)


def _box(x: float, y: float) -> str:
    look = {"fill": svg.PAPER, "stroke": svg.INK, "stroke_width": 2}
    return svg.tag("rect", x=x - SIDE / 2, y=y - SIDE / 2, width=SIDE, height=SIDE, **look)


def _marks(
    one: Component, y: float, across: Axis, words: dict[str, str], shape: Shape
) -> list[str]:
    square = across.at(100 * one.nominal)
    if not _known(one):
        look = {"font_size": shape.small, "fill": svg.FAINT} | svg.HALO
        return [_box(square, y), svg.text(square + 14, y, words["missing"], **look)]
    dot = across.at(100 * (one.effective or 0.0))
    return [
        svg.line(square, y, dot, y, stroke=svg.FAINT, stroke_width=3),
        _box(square, y),
        svg.tag("circle", cx=dot, cy=y, r=5.5, **DOT),
    ]


def _cells(one: Component, words: dict[str, str]) -> svg.Row:
    if not _known(one):
        return one.title, f"{one.nominal:.1%}", words["missing"], words["missing"]
    effective = one.effective or 0.0
    gap = 100 * (effective - one.nominal)
    return one.title, f"{one.nominal:.1%}", f"{effective:.1%}", f"{gap:+.1f}"
