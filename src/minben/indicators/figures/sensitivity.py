"""What moves the ranks (敏感度): how much of their movement each choice of the method makes.

Two bars for each choice, of Sobol indices: what it moves alone (plain), and what it moves alone and
together with other choices (lined), each with the interval of its bootstrap.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from minben.indicators.figures import legend as key
from minben.indicators.figures import svg
from minben.indicators.figures.lettering import limited, width_of
from minben.indicators.figures.scale import Axis, axis, rules, told
from minben.indicators.figures.shapes import NARROW, WIDE, Shape
from minben.indicators.figures.words import WORDS

__all__ = ("NARROW", "WIDE", "Factor", "Share", "sensitivity")

LEAST, FEWEST = 0.01, 3  # share below which a choice is only counted; choices that are drawn anyhow
BESIDE = 0.04  # so far below zero an interval may reach beside the axis
THICK, BETWEEN, APART = 14.0, 4.0, 16.0  # pixels: of a bar, between two, between two choices


PLAIN: dict[str, object] = {"fill": svg.BLUE_FILL, "stroke": svg.BLUE}


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the movement, 0 to 1, with its interval; not finite if nothing moves.

    An estimate of a share near 0 may lie below it.
    """

    value: float
    low: float
    high: float

    @property
    def known(self) -> bool:
        """Whether it can be told."""
        return isfinite(self.value) and isfinite(self.low) and isfinite(self.high)


@dataclass(frozen=True, slots=True)
class Factor:
    """A choice: what it moves alone (`first`), and with all it does together with others (`total`)."""

    title: str
    first: Share
    total: Share


@dataclass(frozen=True, slots=True)
class Draws:
    """How it was found out: computations in all, samples of each set, seed."""

    count: int
    samples: int
    seed: int


def sensitivity(
    factors: Sequence[Factor],
    *,
    title: str,
    comparators: str,
    units: int,
    draws: Draws,
    period: str = "",
    language: svg.Language = "zh",
    shape: Shape = WIDE,
    ids: str = "sobol",
) -> svg.Figure:
    """The choices by what they move, the most first.

    Args:
        comparators, units: whose ranks move, and how many they are.
    """
    words = WORDS[language]
    note = svg.dated(period, words["of"].format(name=comparators, n=units))
    drawn = words["sobol_drawn"].format(
        n=f"{draws.count:,}", samples=draws.samples, seed=draws.seed
    )
    sheet = svg.Sheet(
        title, words["stop"].join((note, words["sobol_is"], drawn)), language, shape, ids
    )
    ordered = sorted(factors, key=lambda one: -one.total.value if one.total.known else 1.0)
    header, rows = _table(ordered, words)
    if not any(one.total.known for one in ordered):
        return sheet.empty(header, rows)
    shown = _shown(ordered)
    known = [share for one in shown for share in (one.first, one.total) if share.known]
    body, y = svg.heading(title, note, shape)
    for part in (words["sobol_is"], drawn):
        lines, y = svg.paragraph(shape.left, y + 2, part, shape.right - shape.left, shape.small)
        body += lines
    samples = [
        (key.box(**PLAIN), words["first_order"]),
        (key.box(**_lined(ids)), words["total_order"]),
        (_whisker_sample, words["bootstrap"]),
    ]
    marks, y = key.legend(samples, shape, y + 10)
    body += marks
    ends = [100 * end for one in known for end in (one.value, one.low, one.high)]
    if min(ends) > -100 * BESIDE:
        ends = [max(end, 0.0) for end in ends]
    left = shape.left + (8 if shape.narrow else 270.0)
    numbers = width_of("100%", shape.small) + 14
    across = axis([*ends, 100.0], left, shape.right - numbers, zero=True, ticks=6)
    inside, bottom = _rows(shown, across, y + 4, words, shape, ids)
    body += [] if shape.narrow else rules(across, y + 4, bottom)
    for tick in across.ticks:
        look = {"font_size": shape.small, "text_anchor": "middle"}
        inside.append(svg.text(across.at(tick), bottom + shape.small, f"{told(tick)}%", **look))
    y = bottom + shape.small * 2.2
    if len(shown) < len(ordered):
        left_out = words["choices_left"].format(n=len(ordered) - len(shown))
        lines, y = svg.paragraph(shape.left, y + 6, left_out, shape.right - shape.left, shape.small)
        inside += lines
    return sheet.figure([*body, *inside], y + shape.margin / 2, header, rows)


def _shown(ordered: Sequence[Factor]) -> Sequence[Factor]:
    """The first few, and whatever may make a hundredth; the table has all."""
    count = sum(not one.total.known or one.total.high >= LEAST for one in ordered)
    return ordered[: max(count, FEWEST)]


def _rows(
    factors: Sequence[Factor],
    across: Axis,
    y: float,
    words: dict[str, str],
    shape: Shape,
    ids: str,
) -> tuple[list[str], float]:
    """Each choice with its two bars: its name beside them, on a phone above; and where they end."""
    out: list[str] = []
    step = shape.body * 1.3
    room = (shape.right if shape.narrow else across.start - 24) - shape.left
    for one in factors:
        parts = limited(one.title, room, shape.body, 2)
        names, bars = len(parts) * step, 2 * THICK + BETWEEN
        high = (names + bars if shape.narrow else max(names, bars)) + APART
        top = y + names + 2 if shape.narrow else y + (high - bars) / 2
        first = y + step * 0.6 if shape.narrow else y + high / 2 - (len(parts) - 1) * step / 2
        out += [
            svg.text(shape.left, first + n * step, part, font_size=shape.body)
            for n, part in enumerate(parts)
        ]
        if shape.narrow:
            out += rules(across, top - 2, top + bars + 2)
        for n, share in enumerate((one.first, one.total)):
            look = _lined(ids) if n else PLAIN
            out += _bar(share, top + n * (THICK + BETWEEN), across, look, words, shape)
        y += high
    return out, y


def _lined(ids: str) -> dict[str, object]:
    return {"fill": svg.paint("lines", ids), "stroke": svg.BLUE}


def _bar(
    share: Share,
    top: float,
    across: Axis,
    look: dict[str, object],
    words: dict[str, str],
    shape: Shape,
) -> list[str]:
    """A bar from zero, its interval on it, its number behind both."""
    middle = top + THICK / 2
    style = {"font_size": shape.small} | svg.HALO
    if not share.known:
        told_so = {"fill": svg.FAINT} | style
        return [svg.text(across.at(0) + 6, middle, words["missing"], **told_so)]
    zero, end = across.at(0), across.at(100 * share.value)
    low, high = across.at(100 * share.low), across.at(100 * share.high)
    place = {"x": min(zero, end), "y": top, "width": max(abs(end - zero), 1.0), "height": THICK}
    return [
        svg.tag("rect", **place, **look),
        *_whisker(low, high, middle),
        svg.text(max(end, high, zero) + 7, middle, _percent(share.value), **style),
    ]


def _whisker(low: float, high: float, y: float) -> list[str]:
    """A thin line with feet, white-rimmed so that it is seen on any filling."""
    n = svg.number
    path = f"M{n(low)} {n(y)}H{n(high)}"
    path += f"M{n(low)} {n(y - 4)}v8M{n(high)} {n(y - 4)}v8"
    look = {"d": path, "fill": "none", "stroke_linecap": "round"}
    return [
        svg.tag("path", **look, stroke=svg.PAPER, stroke_width=4.5),
        svg.tag("path", **look, stroke=svg.INK, stroke_width=1.5),
    ]


def _whisker_sample(x: float, y: float) -> str:
    return _whisker(x + 2, x + key.SAMPLE - 2, y)[1]


def _percent(share: float) -> str:
    """A share of 1 as people read it; never minus nothing."""
    return f"{round(100 * share) + 0:d}%"


def _table(factors: Sequence[Factor], words: dict[str, str]) -> tuple[svg.Row, list[svg.Row]]:
    names = ("choice", "first_order", "bootstrap", "total_order", "bootstrap")
    rows: list[svg.Row] = []
    for one in factors:
        cells = [one.title]
        for share in (one.first, one.total):
            told_of = f"{share.value:.1%}" if share.known else words["missing"]
            span = words["to"].format(low=f"{share.low:.1%}", high=f"{share.high:.1%}")
            cells += [told_of, span if share.known else ""]
        rows.append(tuple(cells))
    return tuple(words[name] for name in names), rows
