"""The wheel of digital well-being (數位福祉輪).

Source: OECD (2019), How's Life in the Digital Age?: a bar per indicator, from the lowest of the
countries at the centre to the highest at the rim; a longer opportunity is better, a longer risk is
worse. Two things the original does not tell apart are told apart here: the lowest of all, which
is a bar of no length and gets a mark, and what is not known, which gets dots.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from minben.indicators.figures import svg
from minben.indicators.figures.words import WORDS

GAP, GROUP_GAP = 0.8, 3.0  # degrees
LONG = 5  # characters of Chinese before a name is broken in two


@dataclass(frozen=True, slots=True)
class Shape:
    """Where things stand, in units of the picture, which are pixels at its natural size.

    `names` of dimensions stand around the wheel only where there is room; the table has them.
    """

    width: int
    cx: float
    cy: float
    core: float
    rim: float
    title: int
    small: int
    names: bool
    legend: tuple[tuple[float, float], ...]
    height: int


WIDE = Shape(
    width=840,
    cx=420.0,
    cy=400.0,
    core=46.0,
    rim=240.0,
    title=26,
    small=16,
    names=True,
    legend=((90, 712), (450, 712), (90, 744), (300, 744), (560, 744)),
    height=776,
)
NARROW = Shape(
    width=390,
    cx=195.0,
    cy=252.0,
    core=26.0,
    rim=152.0,
    title=20,
    small=13,
    names=False,
    legend=((16, 444), (16, 468), (16, 492), (130, 492), (286, 492)),
    height=514,
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One indicator of one unit.

    Args:
        title: of the indicator.
        dimension: its name, as it is shown; equal ones stand together.
        risk: longer is worse.
        value: 0 at the lowest of the comparators, 1 at the highest; None without data.
        median: of the comparators, on the same scale; None if they have too few.
        raw: the value with its unit, for the table.
    """

    title: str
    dimension: str
    risk: bool
    value: float | None
    median: float | None
    raw: str = ""


def wheel(
    bars: Sequence[Bar],
    *,
    unit: str,
    period: str,
    comparators: str,
    count: int,
    language: Literal["zh", "en"] = "zh",
    shape: Shape = WIDE,
) -> svg.Figure:
    """The wheel of a unit.

    Args:
        bars: in the order of their dimensions; at least one.
        unit: its name.
        comparators: who they are, such as “OECD countries”.
        count: how many those are.
        shape: for a wide screen and for paper, or for a phone.
    """
    words = WORDS[language]
    if not bars:
        raise ValueError("a wheel needs a bar")
    title = f"{unit} {period}".strip()
    of = words["of"].format(name=comparators, n=count)
    placed = _placed(bars)
    body = [
        *svg.heading(title, of, shape.width, shape.title, shape.small, middle=True),
        *_rings(shape),
    ]
    for number, (bar, start, end) in enumerate(placed, start=1):
        body += _bar(number, bar, start, end, shape)
    if shape.names:
        body += _dimensions(placed, shape)
    body += _legend(words, shape)
    missing = sum(bar.value is None for bar in bars)
    told = f"{of}。" if language == "zh" else f"{of}. "
    description = f"{told}{words['between']} {words['missing']}: {missing}/{len(bars)}."
    tongue = "zh-Hant" if language == "zh" else "en"
    document = svg.document(shape.width, shape.height, title, description, body, tongue)
    return svg.Figure(document, *_table(bars, words))


Placed = list[tuple[Bar, float, float]]


def _placed(bars: Sequence[Bar]) -> Placed:
    """Every bar with its two angles, with a wider gap between dimensions."""
    groups = [list(members) for _, members in groupby(bars, key=lambda bar: bar.dimension)]
    free = 360 - GROUP_GAP * len(groups) - GAP * (len(bars) - len(groups))
    step = min(free / len(bars), 120.0)
    out: Placed = []
    at = GROUP_GAP / 2
    for members in groups:
        for bar in members:
            out.append((bar, at, at + step))
            at += step + GAP
        at += GROUP_GAP - GAP
    return out


def _rings(shape: Shape) -> list[str]:
    quarter = (shape.rim - shape.core) / 4
    return [
        svg.tag(
            "circle",
            cx=shape.cx,
            cy=shape.cy,
            r=shape.core + quarter * n,
            fill="none",
            stroke=svg.GRID,
            stroke_width=1.5 if n in (0, 4) else 1,
            stroke_dasharray=None if n in (0, 4) else "2 4",
        )
        for n in range(5)
    ]


def _bar(number: int, bar: Bar, start: float, end: float, shape: Shape) -> list[str]:
    middle = (start + end) / 2
    colour = svg.AMBER if bar.risk else svg.BLUE
    out = []
    if bar.value is None:
        path = svg.sector(shape.cx, shape.cy, shape.core, shape.rim, start, end)
        out.append(
            svg.tag("path", d=path, fill="url(#dots)", stroke=svg.FAINT, stroke_dasharray="3 3")
        )
    else:
        length = _length(bar.value, shape)
        if length < 1:
            x, y = svg.polar(shape.cx, shape.cy, shape.core + 7, middle)
            out.append(_mark(x, y, colour))
        else:
            path = svg.sector(shape.cx, shape.cy, shape.core, shape.core + length, start, end)
            fill = "url(#stripes)" if bar.risk else svg.BLUE_FILL
            out.append(svg.tag("path", d=path, fill=fill, stroke=colour, stroke_width=1))
        if bar.median is not None:
            out.append(_median(bar.median, start, end, shape))
    x, y = svg.polar(shape.cx, shape.cy, shape.rim + shape.small * 0.9, middle)
    small = {"font_size": shape.small - 2, "text_anchor": "middle", "fill": colour}
    out.append(svg.text(x, y, str(number), **small))
    return out


def _length(value: float, shape: Shape) -> float:
    return min(max(value, 0.0), 1.0) * (shape.rim - shape.core)


def _mark(x: float, y: float, colour: str) -> str:
    """The lowest of all: a ring where the bar would begin."""
    return svg.tag("circle", cx=x, cy=y, r=4.5, fill=svg.PAPER, stroke=colour, stroke_width=2.5)


def _median(value: float, start: float, end: float, shape: Shape) -> str:
    """A white-rimmed line across the bar, seen on any filling."""
    radius = shape.core + _length(value, shape)
    ax, ay = svg.polar(shape.cx, shape.cy, radius, start)
    bx, by = svg.polar(shape.cx, shape.cy, radius, end)
    curve = f"{svg.number(radius)} {svg.number(radius)} 0 0 1"
    path = f"M{svg.number(ax)} {svg.number(ay)}A{curve} {svg.number(bx)} {svg.number(by)}"
    wide = svg.tag("path", d=path, fill="none", stroke=svg.PAPER, stroke_width=6)
    return wide + svg.tag("path", d=path, fill="none", stroke=svg.INK, stroke_width=2.5)


def _broken(name: str) -> list[str]:
    """A name in one line or two, at a space or, in Chinese, in the middle."""
    if name.isascii():
        words = name.split(" ")
        half = (len(words) + 1) // 2
        if len(words) == 1 or len(name) <= 12:
            return [name]
        return [" ".join(words[:half]), " ".join(words[half:])]
    if len(name) <= LONG:
        return [name]
    half = (len(name) + 1) // 2
    return [name[:half], name[half:]]


def _dimensions(placed: Placed, shape: Shape) -> list[str]:
    """The names of the dimensions outside, each over the middle of its bars."""
    out = []
    for name, members in groupby(placed, key=lambda one: one[0].dimension):
        inside = list(members)
        middle = (inside[0][1] + inside[-1][2]) / 2
        x, y = svg.polar(shape.cx, shape.cy, shape.rim + 32, middle)
        anchor = "middle" if abs(x - shape.cx) < 30 else ("start" if x > shape.cx else "end")
        lines = _broken(name)
        lift = (len(lines) - 1) * 9 * (1 if y > shape.cy else -1)
        for n, line in enumerate(lines):
            shift = (n - (len(lines) - 1) / 2) * 19 + lift
            out.append(svg.text(x, y + shift, line, font_size=shape.small, text_anchor=anchor))
    return out


def _legend(words: dict[str, str], shape: Shape) -> list[str]:
    """What bars, marks and dots mean."""
    wide = shape.small * 1.75

    def box(at: tuple[float, float], **look: object) -> str:
        x, y = at
        return svg.tag("rect", x=x, y=y - 9, width=wide, height=18, **look)

    opportunity, risk, median, lowest, missing = shape.legend
    drawn = (
        box(opportunity, fill=svg.BLUE_FILL),
        box(risk, fill="url(#stripes)", stroke=svg.AMBER),
        svg.tag(
            "path",
            d=f"M{svg.number(median[0])} {svg.number(median[1])}h{svg.number(wide)}",
            stroke=svg.INK,
            stroke_width=2.5,
        ),
        _mark(lowest[0] + wide / 2, lowest[1], svg.INK),
        box(missing, fill="url(#dots)", stroke=svg.FAINT, stroke_dasharray="3 3"),
    )
    names = ("opportunity", "risk", "median", "zero", "missing")
    told = (
        svg.text(x + wide + 8, y, words[name], font_size=shape.small)
        for (x, y), name in zip(shape.legend, names, strict=True)
    )
    return [*drawn, *told]


def _table(
    bars: Sequence[Bar], words: dict[str, str]
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    header = tuple(
        words[name]
        for name in ("number", "dimension", "indicator", "kind", "raw", "value", "median")
    )

    def told(value: float | None) -> str:
        return words["missing"] if value is None else f"{value:.2f}"

    rows = tuple(
        (
            str(number),
            bar.dimension,
            bar.title,
            words["rsk"] if bar.risk else words["opp"],
            bar.raw or words["missing"],
            told(bar.value),
            told(bar.median),
        )
        for number, bar in enumerate(bars, start=1)
    )
    return header, rows
