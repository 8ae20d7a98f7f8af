"""Two waves of a survey side by side (兩次調查之比較): the difference, its interval, its label.

The label is that of the rule (flat, small, changed, untested), told by the form of the mark and
in words; points and growth stand beside each other and never one for the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from minben.indicators.figures import legend as key
from minben.indicators.figures import svg
from minben.indicators.figures.lettering import limited, shortened
from minben.indicators.figures.scale import Axis, axis, rules, told
from minben.indicators.figures.shapes import NARROW, WIDE, Shape
from minben.indicators.figures.words import WORDS

__all__ = ("LABELS", "NARROW", "WIDE", "Compared", "waves")

Label = Literal["flat", "small", "changed", "untested"]
LABELS: tuple[Label, ...] = ("changed", "small", "flat", "untested")


@dataclass(frozen=True, slots=True)
class Compared:
    """One share in two waves.

    Args:
        title: what was asked.
        before, after: in per cent.
        points: the difference in percentage points.
        growth: relative, in per cent; None from zero.
        low, high: interval of the difference; None where it cannot be told.
        label: by the rule of the survey module.
    """

    title: str
    before: float
    after: float
    points: float
    growth: float | None
    low: float | None
    high: float | None
    label: Label
    n: tuple[int | None, int | None] = (None, None)
    decimals: int = 1


def waves(
    items: Sequence[Compared],
    *,
    title: str,
    before: str,
    after: str,
    base: str = "",
    language: svg.Language = "zh",
    shape: Shape = WIDE,
    ids: str = "waves",
) -> svg.Figure:
    """Differences in percentage points, in the order given.

    Args:
        before, after: the two waves, such as “2017” and “2018”.
        base: who was asked.
    """
    words = WORDS[language]
    counts = [(words[f"label_{name}"], sum(one.label == name for one in items)) for name in LABELS]
    head = words["wave_note"].format(before=before, after=after)
    note = words["stop"].join(part for part in (head, base) if part)
    summary = words["comma"].join(f"{name} {n}" for name, n in counts if n)
    spoken = words["stop"].join(part for part in (note, summary) if part)
    sheet = svg.Sheet(title, spoken, language, shape, ids)
    header, rows = _table(items, before, after, words)
    if not items:
        return sheet.empty(header, rows)
    body, y = svg.heading(title, note, shape)
    marks, y = key.legend(_samples(items, words), shape, y + 8)
    body += marks
    left, right = (shape.left + 10, shape.right - 10) if shape.narrow else (276.0, 536.0)
    ends = [
        value for one in items for value in (one.points, one.low, one.high) if value is not None
    ]
    across = axis(ends, left, right, zero=True, ticks=6)
    top, inside = y + 8, []
    y = top
    for one in items:
        lines, y = (_stacked if shape.narrow else _lined)(one, y, across, words, shape)
        inside += lines
    body += _grid(across, top, y, words, shape)
    return sheet.figure([*body, *inside], y + shape.small * 3.4 + shape.margin / 2, header, rows)


def _grid(
    across: Axis, top: float, bottom: float, words: dict[str, str], shape: Shape
) -> list[str]:
    out = [] if shape.narrow else rules(across, top, bottom)
    for tick in across.ticks:
        look = {"font_size": shape.small, "text_anchor": "middle"}
        sign = "+" if tick > 1e-9 else ""
        out.append(svg.text(across.at(tick), bottom + shape.small, f"{sign}{told(tick)}", **look))
    middle = (across.start + across.end) / 2
    style = {"font_size": shape.small, "text_anchor": "middle", "fill": svg.FAINT}
    return [*out, svg.text(middle, bottom + shape.small * 2.5, words["points"], **style)]


def _lined(
    one: Compared, y: float, across: Axis, words: dict[str, str], shape: Shape
) -> tuple[list[str], float]:
    """Title, interval, numbers and label beside each other."""
    parts = limited(one.title, 236, shape.body, 2)
    high = max(len(parts) * 20.0, 40.0) + 10
    middle = y + high / 2
    out = [
        svg.text(shape.left, middle + (n - (len(parts) - 1) / 2) * 20, part, font_size=shape.body)
        for n, part in enumerate(parts)
    ]
    out += _interval(one, middle, across)
    at, room = across.end + 26, shape.right - across.end - 26
    first = shortened(_shares(one), room, shape.body)
    second = shortened(_change(one, words), room, shape.small)
    out.append(svg.text(at, middle - 10, first, font_size=shape.body))
    out.append(svg.text(at, middle + 10, second, font_size=shape.small, fill=svg.FAINT))
    return out, y + high


def _stacked(
    one: Compared, y: float, across: Axis, words: dict[str, str], shape: Shape
) -> tuple[list[str], float]:
    """Title, numbers, interval below each other; the axis only behind the interval."""
    room = shape.right - shape.left
    look = {"font_size": shape.body}
    out = []
    for part in limited(one.title, room, shape.body, 2):
        out.append(svg.text(shape.left, y + 12, part, **look))
        y += shape.body * 1.3
    faint = {"font_size": shape.small, "fill": svg.FAINT}
    told_of = shortened(f"{_shares(one)}  {_change(one, words)}", room, shape.small)
    out.append(svg.text(shape.left, y + 12, told_of, **faint))
    ruled = rules(across, y + 20, y + 46)
    return [*out, *ruled, *_interval(one, y + 33, across)], y + 56


def _shares(one: Compared) -> str:
    return f"{one.before:.{one.decimals}f}% → {one.after:.{one.decimals}f}%"


def _change(one: Compared, words: dict[str, str]) -> str:
    """Points and growth, each with its name."""
    points = f"{one.points:+.{one.decimals}f}"
    growth = words["no_growth"] if one.growth is None else f"{one.growth:+.1f}%"
    return words["change"].format(points=points, growth=growth)


def _interval(one: Compared, y: float, across: Axis) -> list[str]:
    x = across.at(one.points)
    if one.low is None or one.high is None:
        return [_mark(one.label, x, y)]
    low, high = across.at(one.low), across.at(one.high)
    n = svg.number
    path = f"M{n(low)} {n(y)}H{n(high)}M{n(low)} {n(y - 6)}v12M{n(high)} {n(y - 6)}v12"
    bar = svg.tag("path", d=path, fill="none", stroke=svg.INK, stroke_width=2)
    return [bar, _mark(one.label, x, y)]


def _mark(label: Label, x: float, y: float) -> str:
    """Full, half and empty circles; a cross where nothing can be tested."""
    n = svg.number
    if label == "untested":
        path = f"M{n(x - 6)} {n(y - 6)}l12 12M{n(x - 6)} {n(y + 6)}l12 -12"
        return svg.tag("path", d=path, fill="none", stroke=svg.AMBER, stroke_width=3)
    rim = {"stroke": svg.BLUE, "stroke_width": 2.5}
    fill = svg.BLUE if label == "changed" else svg.PAPER
    out = svg.tag("circle", cx=x, cy=y, r=7.0, fill=fill, **rim)
    if label == "small":
        path = f"M{n(x)} {n(y - 7)}A7 7 0 0 1 {n(x)} {n(y + 7)}Z"
        out += svg.tag("path", d=path, fill=svg.BLUE)
    return out


def _samples(items: Sequence[Compared], words: dict[str, str]) -> list[tuple[key.Draw, str]]:
    """The labels that are there, with how many have each."""

    def draw(name: Label) -> key.Draw:
        return lambda x, y: _mark(name, x + key.SAMPLE / 2, y)

    return [
        (draw(name), words["counted"].format(name=words[f"label_{name}"], n=count))
        for name in LABELS
        if (count := sum(one.label == name for one in items))
    ]


def _table(
    items: Sequence[Compared], before: str, after: str, words: dict[str, str]
) -> tuple[svg.Row, list[svg.Row]]:
    names = ("points", "growth", "interval_of", "label")
    header = (words["indicator"], before, after, f"n {before}", f"n {after}")
    return header + tuple(words[name] for name in names), [_cells(one, words) for one in items]


def _cells(one: Compared, words: dict[str, str]) -> svg.Row:
    span = ""
    if one.low is not None and one.high is not None:
        span = words["to"].format(low=f"{one.low:+.2f}", high=f"{one.high:+.2f}")
    return (
        one.title,
        f"{one.before:.{one.decimals}f}%",
        f"{one.after:.{one.decimals}f}%",
        *(words["unknown"] if n is None else str(n) for n in one.n),
        f"{one.points:+.{one.decimals}f}",
        words["no_growth"] if one.growth is None else f"{one.growth:+.1f}%",
        span,
        words[f"label_{one.label}"],
    )
