"""The wheel of digital well-being (數位福祉輪).

Source: OECD (2019), How's Life in the Digital Age?: a bar per indicator, from the lowest of the
countries at the centre to the highest at the rim; a longer opportunity is better, a longer risk is
worse. Two things the original does not tell apart are told apart here: the lowest of all, which
is a bar of no length and gets a mark, and what is not known, which gets dots.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import radians

from minben.indicators.figures import legend as key
from minben.indicators.figures import svg
from minben.indicators.figures.lettering import balanced, limited, shortened, width_of
from minben.indicators.figures.shapes import NARROW, WIDE, Shape
from minben.indicators.figures.words import WORDS

__all__ = ("NARROW", "WIDE", "Bar", "wheel")

GAP, GROUP_GAP = 0.8, 3.0  # degrees
NAME = 132.0  # pixels a dimension's name may take beside the rim
LEAST = 1.5  # pixels of a bar that is not the lowest
FEW_BARS = 12  # indicators that are listed by their names
FEW_NAMES = 16  # dimensions that are listed with their whole names


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


@dataclass(frozen=True, slots=True)
class Disc:
    """Where the wheel stands."""

    cx: float
    cy: float
    core: float
    rim: float


Placed = list[tuple[Bar, float, float]]


def wheel(
    bars: Sequence[Bar],
    *,
    unit: str,
    period: str,
    comparators: str,
    count: int,
    note: str = "",
    language: svg.Language = "zh",
    shape: Shape = WIDE,
    ids: str = "wheel",
) -> svg.Figure:
    """The wheel of a unit.

    Args:
        bars: in the order of their dimensions.
        unit: its name.
        comparators: who they are, such as “OECD countries”.
        count: how many those are.
        note: stands before them, such as that this is an own estimate.
        shape: for a wide screen and for paper, or for a phone.
        ids: what ids of this picture begin with.
    """
    words = WORDS[language]
    title = f"{unit} {period}".strip()
    of = words["of"].format(name=comparators, n=count)
    of = words["stop"].join(part for part in (note, of) if part)
    missing = sum(bar.value is None for bar in bars)
    told = (of, words["between"], words["without"].format(n=missing, of=len(bars)))
    sheet = svg.Sheet(title, words["stop"].join(told), language, shape, ids)
    if missing == len(bars):
        return sheet.empty(*_table(bars, words))
    body, top = svg.heading(title, of, shape, middle=True)
    placed = _placed(bars)
    disc, names, at = _standing(placed, top, shape)
    body += [*_grounds(placed, disc), *_rings(disc)]
    for bar, start, end in placed:
        body += _bar(bar, (start, end), disc, ids)
    body += _numbers(placed, disc, shape)
    body += names
    if len(bars) <= FEW_BARS or not names:
        lines, at = _listed(_keys(placed), shape, at)
        body += lines
    marks, end_of = key.legend(_samples(bars, words, ids), shape, at + 10)
    return sheet.figure([*body, *marks], end_of + shape.margin / 2, *_table(bars, words))


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


def _standing(placed: Placed, top: float, shape: Shape) -> tuple[Disc, list[str], float]:
    """The disc below `top`, the names around it if there is room, and where all that ends."""
    rim, core = (150.0, 40.0) if shape.narrow else (240.0, 56.0)
    above = 24.0 if shape.narrow else 44.0
    disc = Disc(shape.width / 2, top + above + rim, core, rim)
    names, boxes = ([], []) if shape.narrow else _around(placed, disc, shape)
    highest = min((box[1] for box in boxes), default=top + 8)
    if highest < top + 8:
        disc = Disc(disc.cx, disc.cy + top + 8 - highest, core, rim)
        names, boxes = _around(placed, disc, shape)
    lowest = max((box[3] for box in boxes), default=0.0)
    return disc, names, max(lowest + 22, disc.cy + rim + above)


def _grounds(placed: Placed, disc: Disc) -> list[str]:
    """A calm ground under each dimension, so that its bars are seen to belong together."""
    out = []
    for _, members in groupby(placed, key=lambda one: one[0].dimension):
        inside = list(members)
        path = svg.sector(disc.cx, disc.cy, disc.core, disc.rim, inside[0][1], inside[-1][2])
        out.append(svg.tag("path", d=path, fill=svg.WASH))
    return out


def _rings(disc: Disc) -> list[str]:
    quarter = (disc.rim - disc.core) / 4
    return [
        svg.tag(
            "circle",
            cx=disc.cx,
            cy=disc.cy,
            r=disc.core + quarter * n,
            fill="none",
            stroke=svg.GRID,
            stroke_width=1.5 if n in (0, 4) else 1,
            stroke_dasharray=None if n in (0, 4) else "2 4",
        )
        for n in range(5)
    ]


def _numbers(placed: Placed, disc: Disc, shape: Shape) -> list[str]:
    """The bars' numbers around the rim; where they would touch, only every second, fifth …"""
    radius = disc.rim + shape.small * 0.95
    room = radians(placed[0][2] - placed[0][1] + GAP) * radius
    wide = width_of(str(len(placed)), shape.small) + 4
    every = next(n for n in (1, 2, 5, 10, 20, 50, len(placed)) if room * n >= wide or n >= 50)
    out = []
    for number, (bar, start, end) in enumerate(placed, start=1):
        if number % every == 0:
            x, y = svg.polar(disc.cx, disc.cy, radius, (start + end) / 2)
            look = {"font_size": shape.small, "text_anchor": "middle"}
            look |= {"fill": svg.AMBER if bar.risk else svg.BLUE}
            out.append(svg.text(x, y, str(number), **look))
    return out


def _bar(bar: Bar, between: tuple[float, float], disc: Disc, ids: str) -> list[str]:
    start, end = between
    middle = (start + end) / 2
    colour = svg.AMBER if bar.risk else svg.BLUE
    if bar.value is None:
        path = svg.sector(disc.cx, disc.cy, disc.core, disc.rim, start, end)
        dots = svg.paint("dots", ids)
        look = {"fill": dots, "stroke": svg.FAINT, "stroke_dasharray": "3 3"}
        return [svg.tag("path", d=path, **look)]
    out = []
    length = max(_length(bar.value, disc), LEAST)
    if bar.value <= 0:
        room = radians(end - start) * (disc.core + 7) / 2
        x, y = svg.polar(disc.cx, disc.cy, disc.core + 7, middle)
        out.append(_mark(x, y, colour, min(max(room - 0.5, 2.0), 4.5)))
    else:
        path = svg.sector(disc.cx, disc.cy, disc.core, disc.core + length, start, end)
        fill = svg.paint("stripes", ids) if bar.risk else svg.BLUE_FILL
        out.append(svg.tag("path", d=path, fill=fill, stroke=colour, stroke_width=1))
    if bar.median is not None:
        out.append(_median(bar.median, start, end, disc))
    return out


def _length(value: float, disc: Disc) -> float:
    return min(max(value, 0.0), 1.0) * (disc.rim - disc.core)


def _mark(x: float, y: float, colour: str, radius: float = 4.5) -> str:
    """The lowest of all: a ring where the bar would begin."""
    look = {"fill": svg.PAPER, "stroke": colour, "stroke_width": radius / 1.8}
    return svg.tag("circle", cx=x, cy=y, r=radius, **look)


def _median(value: float, start: float, end: float, disc: Disc) -> str:
    """A white-rimmed line across the bar, seen on any filling."""
    radius = disc.core + _length(value, disc)
    ax, ay = svg.polar(disc.cx, disc.cy, radius, start)
    bx, by = svg.polar(disc.cx, disc.cy, radius, end)
    curve = f"{svg.number(radius)} {svg.number(radius)} 0 0 1"
    path = f"M{svg.number(ax)} {svg.number(ay)}A{curve} {svg.number(bx)} {svg.number(by)}"
    wide = svg.tag("path", d=path, fill="none", stroke=svg.PAPER, stroke_width=6)
    return wide + svg.tag("path", d=path, fill="none", stroke=svg.INK, stroke_width=2.5)


Box = tuple[float, float, float, float]  # left, top, right, bottom


def _around(placed: Placed, disc: Disc, shape: Shape) -> tuple[list[str], list[Box]]:
    """The names of the dimensions outside, each over the middle of its bars, and their boxes.

    Nothing if two of them would touch; they are listed below then.
    """
    out: list[str] = []
    taken: list[Box] = []
    for name, members in groupby(placed, key=lambda one: one[0].dimension):
        inside = list(members)
        middle = (inside[0][1] + inside[-1][2]) / 2
        x, y = svg.polar(disc.cx, disc.cy, disc.rim + 38, middle)
        lines = _broken(name, shape.body)
        wide = max(width_of(part, shape.body) for part in lines)
        anchor = "middle" if abs(x - disc.cx) < 30 else ("start" if x > disc.cx else "end")
        left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
        y += (len(lines) - 1) * 9 * (1 if y > disc.cy else -1)
        high = len(lines) * 9.5
        at = (left, y - high, left + wide, y + high)
        if at[0] < 4 or at[2] > shape.width - 4 or any(_touch(at, one) for one in taken):
            return [], []
        taken.append(at)
        for n, part in enumerate(lines):
            shift = (n - (len(lines) - 1) / 2) * 19
            out.append(svg.text(x, y + shift, part, font_size=shape.body, text_anchor=anchor))
    return out, taken


def _broken(name: str, size: int) -> list[str]:
    """A name in up to three lines of about equal length."""
    lines = balanced(name, NAME, size)
    return lines if len(lines) <= 3 else limited(name, NAME, size, 3)


def _touch(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _keys(placed: Placed) -> list[tuple[str, str]]:
    """What the numbers of the bars stand for: each its indicator if they are few, else dimensions."""
    if len(placed) <= FEW_BARS:
        return [(str(n), bar.title) for n, (bar, _, _) in enumerate(placed, start=1)]
    told, first = [], 1
    for name, members in groupby(placed, key=lambda one: one[0].dimension):
        last = first + len(list(members)) - 1
        told.append((f"{first}–{last}" if last > first else f"{first}", name))
        first = last + 1
    return told


def _listed(told: list[tuple[str, str]], shape: Shape, y: float) -> tuple[list[str], float]:
    """Numbers with names, in as many columns as there is room for; and where they end."""
    size = shape.small
    numbers = max(width_of(part, size) for part, _ in told) + 8
    longest = max(width_of(name, size) for _, name in told)
    wanted = numbers + (longest if len(told) <= FEW_NAMES else min(longest, NAME)) + 6
    columns = max(int((shape.right - shape.left) / wanted), 1)
    column, height = (shape.right - shape.left) / columns, -(-len(told) // columns)
    out = []
    for n, (numbered, name) in enumerate(told):
        x = shape.left + column * (n // height)
        at = y + (n % height) * size * 1.7
        out.append(svg.text(x, at, numbered, font_size=size, fill=svg.FAINT))
        part = shortened(name, column - numbers - 4, size)
        out.append(svg.text(x + numbers, at, part, font_size=size))
    return out, y + height * size * 1.7


def _samples(bars: Sequence[Bar], words: dict[str, str], ids: str) -> list[tuple[key.Draw, str]]:
    """The marks that are there, and what they mean."""
    dots = {"fill": svg.paint("dots", ids), "stroke": svg.FAINT, "stroke_dasharray": "3 3"}
    stripes = {"fill": svg.paint("stripes", ids), "stroke": svg.AMBER}
    known = [bar for bar in bars if bar.value is not None]
    samples: list[tuple[bool, key.Draw, str]] = [
        (any(not bar.risk for bar in bars), key.box(fill=svg.BLUE_FILL), "opportunity"),
        (any(bar.risk for bar in bars), key.box(**stripes), "risk"),
        (
            any(bar.median is not None for bar in known),
            key.rule(stroke=svg.INK, stroke_width=2.5),
            "median",
        ),
        (
            any((bar.value or 0) <= 0 for bar in known),
            lambda x, y: _mark(x + key.SAMPLE / 2, y, svg.INK),
            "zero",
        ),
        (len(known) < len(bars), key.box(**dots), "missing"),
    ]
    return [(draw, words[name]) for there, draw, name in samples if there]


def _table(bars: Sequence[Bar], words: dict[str, str]) -> tuple[svg.Row, tuple[svg.Row, ...]]:
    names = ("number", "dimension", "indicator", "kind", "raw", "value", "median")
    header = tuple(words[name] for name in names)

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
