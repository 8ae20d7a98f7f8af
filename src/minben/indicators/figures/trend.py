"""A trend (趨勢) whose breaks are seen (時間數列中斷).

A line joins two values only where they can be compared: not over a period without a value, and
not over a change of method, which gets a mark and a note. Intervals stand where they are known.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite

from minben.indicators.figures import legend as key
from minben.indicators.figures import svg
from minben.indicators.figures.lettering import width_of
from minben.indicators.figures.scale import Axis, axis, told
from minben.indicators.figures.shapes import NARROW, WIDE, Shape
from minben.indicators.figures.words import WORDS

__all__ = ("MOST", "NARROW", "WIDE", "Break", "Point", "Series", "trend")

COLOURS = (svg.BLUE, svg.AMBER, svg.INK, svg.FAINT)
DASHES = (None, "8 4", "2 3", "10 3 2 3")
MOST = len(COLOURS)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Point:
    """A value of a period.

    Args:
        low, high: its interval; None if its error is not known.
        n: how many it rests on, for the table.
    """

    period: str
    value: float | None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """From `period` on, values cannot be compared with those before."""

    period: str
    note: str


@dataclass(frozen=True, slots=True)
class Series:
    """A line: its name, its points in any order, its breaks."""

    name: str
    points: tuple[Point, ...]
    breaks: tuple[Break, ...] = ()


def trend(
    series: Sequence[Series],
    *,
    title: str,
    measure: str = "",
    note: str = "",
    periods: Sequence[str] = (),
    decimals: int = 1,
    language: svg.Language = "zh",
    shape: Shape = WIDE,
    ids: str = "trend",
) -> svg.Figure:
    """One or several series over periods.

    Args:
        series: the first four are drawn, the table has all.
        measure: the unit of the values, such as ``%``.
        note: a line below the title, such as the base population.
        periods: all in which a value was expected, in order. Without them those of the data;
            years then step by the smallest distance between two, and a longer one is a gap.
        decimals: of values in the table.
    """
    words = WORDS[language]
    order = list(periods) or _expected(series)
    drawn = [one for one in series if any(_known(point) for point in one.points)][:MOST]
    left_out = sum(any(_known(point) for point in one.points) for one in series) - len(drawn)
    header, rows = _table(series, order, words, decimals)
    breaks = _breaks(drawn, order, words)
    notes = [f"{one.letter} {one.period}{words['colon']}{one.told}" for one in breaks]
    if left_out:
        notes.append(words["series_left"].format(n=left_out))
    spoken = words["stop"].join(part for part in (note, *notes) if part)
    sheet = svg.Sheet(title, spoken or words["trend"], language, shape, ids)
    if not drawn:
        return sheet.empty(header, rows)
    body, y = svg.heading(title, note, shape)
    if len(drawn) > 1:
        items = [(_sample(n), one.name) for n, one in enumerate(drawn)]
        marks, y = key.legend(items, shape, y + 8)
        body += marks
    across, up = _axes(drawn, order, y + shape.body * 3.6, shape)
    body += _grid(across, up, order, measure, shape)
    body += _flags(breaks, across, up, shape)
    for n, one in enumerate(drawn):
        body += _line(n, one, across, up)
    if len(drawn) == 1:
        body += _ends(drawn[0], breaks, across, up, decimals, shape)
    y = up.start + shape.small * 3.2
    if up.low > 0 or up.high < 0:
        notes.append(words["not_zero"].format(low=told(up.low), high=told(up.high)))
    for part in notes:
        lines, y = svg.paragraph(shape.left, y, part, shape.right - shape.left, shape.small)
        body += lines
    return sheet.figure(body, y + shape.margin / 2, header, rows)


def _known(point: Point) -> bool:
    return point.value is not None and isfinite(point.value)


def _span(point: Point) -> tuple[float, float] | None:
    """The interval, where both ends are known."""
    if point.low is None or point.high is None:
        return None
    return (point.low, point.high) if isfinite(point.low) and isfinite(point.high) else None


def _expected(series: Sequence[Series]) -> list[str]:
    """The periods of the data, and the years that lack between them."""
    found = sorted({point.period for one in series for point in one.points})
    if len(found) < 2 or not all(len(one) == 4 and one.isdecimal() for one in found):
        return found
    years = [int(one) for one in found]
    step = min(b - a for a, b in pairwise(years))
    return [f"{year:04d}" for year in sorted({*range(years[0], years[-1], step), *years})]


@dataclass(frozen=True, slots=True)
class _Flag:
    """A break on the picture: its letter, where, and what is told below."""

    letter: str
    period: str
    told: str


def _breaks(series: Sequence[Series], order: Sequence[str], words: dict[str, str]) -> list[_Flag]:
    """Every break once, in the order of time; one before which nothing is, is none.

    Where it is not of all series, whose it is stands before the note.
    """
    after = {period: n for n, period in enumerate(order) if n}
    found: dict[tuple[int, str], list[str]] = {}
    for one in series:
        for b in one.breaks:
            if b.period in after:
                found.setdefault((after[b.period], b.note), []).append(one.name)
    out = []
    for n, ((at, note), names) in enumerate(sorted(found.items())):
        whose = "" if len(names) == len(series) else words["listed"].join(names) + words["colon"]
        out.append(_Flag(_letter(n), order[at], whose + note))
    return out


def _letter(n: int) -> str:
    """A to Z, then AA and so on."""
    return (_letter(n // 26 - 1) if n >= 26 else "") + LETTERS[n % 26]


@dataclass(frozen=True, slots=True)
class Across:
    """Where each period stands; years by their distance, other periods in equal steps."""

    order: tuple[str, ...]
    places: tuple[float, ...]

    def at(self, period: str) -> float:
        """The pixel of a period."""
        return self.places[self.order.index(period)]

    def before(self, period: str) -> float:
        """Half way from the period before."""
        n = self.order.index(period)
        return (self.places[n - 1] + self.places[n]) / 2


def _axes(
    series: Sequence[Series], order: Sequence[str], top: float, shape: Shape
) -> tuple[Across, Axis]:
    ends = [
        value
        for one in series
        for point in one.points
        for value in (point.value, point.low, point.high)
        if value is not None and isfinite(value)
    ]
    bottom = top + (230.0 if shape.narrow else 340.0)
    up = axis(ends, bottom, top)
    left = shape.left + max(width_of(told(one), shape.small) for one in up.ticks) + 28
    right = shape.right - 24
    if all(len(one) == 4 and one.isdecimal() for one in order):
        years = [int(one) for one in order]
    else:
        years = list(range(len(order)))
    span = years[-1] - years[0]
    places = [left + (right - left) * ((y - years[0]) / span if span else 0.5) for y in years]
    return Across(tuple(order), tuple(places)), up


def _grid(across: Across, up: Axis, order: Sequence[str], measure: str, shape: Shape) -> list[str]:
    out = []
    for tick in up.ticks:
        y = up.at(tick)
        base = {"stroke": svg.FAINT if tick == 0 else svg.GRID}
        look = {"font_size": shape.small, "text_anchor": "end"}
        left = across.places[0] - 20
        out.append(svg.line(left, y, shape.right, y, **base))
        out.append(svg.text(left - 8, y, told(tick), **look))
    if measure:
        out.append(svg.text(shape.left, up.end - shape.body * 1.5, measure, font_size=shape.small))
    room = max(width_of(one, shape.small) for one in order) + 10
    last: float | None = None
    for period in reversed(order):
        x = across.at(period)
        out.append(svg.line(x, up.start, x, up.start + 5, stroke=svg.FAINT))
        if last is None or last - x >= room:
            look = {"font_size": shape.small, "text_anchor": "middle"}
            half = width_of(period, shape.small) / 2
            at = min(max(x, shape.left + half), shape.right - half)
            out.append(svg.text(at, up.start + 5 + shape.small, period, **look))
            last = x
    return out


def _flags(breaks: Sequence[_Flag], across: Across, up: Axis, shape: Shape) -> list[str]:
    """A dashed line at every break, with its letter above the plot."""
    out: list[str] = []
    taken: dict[str, int] = {}
    for one in breaks:
        step = taken[one.period] = taken.get(one.period, -1) + 1
        x, y = across.before(one.period), up.end - 34
        dash = {"stroke": svg.INK, "stroke_width": 1.5, "stroke_dasharray": "5 4"}
        if not step:
            out.append(svg.line(x, up.end - 24, x, up.start, **dash))
        x += step * 22
        look = {"fill": svg.INK, "stroke": svg.PAPER}
        out.append(svg.tag("circle", cx=x, cy=y, r=10.0, **look))
        style = {"font_size": shape.small, "fill": svg.PAPER, "text_anchor": "middle"}
        out.append(svg.text(x, y, one.letter, font_weight=700, **style))
    return out


def _line(n: int, one: Series, across: Across, up: Axis) -> list[str]:
    """A series: its pieces, then intervals and marks above them."""
    points = {point.period: point for point in one.points if _known(point)}
    cuts = {b.period for b in one.breaks}
    look = {"stroke": COLOURS[n], "stroke_width": 2.5, "stroke_dasharray": DASHES[n]}
    pieces, marks = [], []
    for before, after in pairwise(across.order):
        if before in points and after in points and after not in cuts:
            a, b = points[before].value or 0.0, points[after].value or 0.0
            path = f"M{_pixel(across.at(before), up.at(a))}L{_pixel(across.at(after), up.at(b))}"
            pieces.append(svg.tag("path", d=path, fill="none", **look))
    for period in across.order:
        point = points.get(period)
        if point is None:
            continue
        x = across.at(period)
        if (span := _span(point)) is not None:
            marks.append(_interval(x, up.at(span[0]), up.at(span[1]), COLOURS[n]))
        marks.append(_mark(n, x, up.at(point.value or 0.0)))
    return pieces + marks


def _pixel(x: float, y: float) -> str:
    return f"{svg.number(x)} {svg.number(y)}"


def _interval(x: float, low: float, high: float, colour: str) -> str:
    n = svg.number
    path = f"M{n(x)} {n(low)}V{n(high)}M{n(x - 5)} {n(low)}h10M{n(x - 5)} {n(high)}h10"
    return svg.tag("path", d=path, fill="none", stroke=colour, stroke_width=1.5)


def _mark(n: int, x: float, y: float) -> str:
    """Circle, square, triangle, diamond: one kind for each series."""
    look = {"fill": COLOURS[n], "stroke": svg.PAPER, "stroke_width": 1.5}
    if n == 0:
        return svg.tag("circle", cx=x, cy=y, r=5.5, **look)
    shapes = {
        1: ((-5, -5), (5, -5), (5, 5), (-5, 5)),
        2: ((0, -6.5), (6, 5), (-6, 5)),
        3: ((0, -7), (7, 0), (0, 7), (-7, 0)),
    }
    corners = "L".join(f"{svg.number(x + dx)} {svg.number(y + dy)}" for dx, dy in shapes[n])
    return svg.tag("path", d=f"M{corners}Z", **look)


def _sample(n: int) -> key.Draw:
    def draw(x: float, y: float) -> str:
        look = {"stroke": COLOURS[n], "stroke_width": 2.5, "stroke_dasharray": DASHES[n]}
        return svg.line(x, y, x + key.SAMPLE, y, **look) + _mark(n, x + key.SAMPLE / 2, y)

    return draw


def _ends(
    one: Series, breaks: Sequence[_Flag], across: Across, up: Axis, decimals: int, shape: Shape
) -> list[str]:
    """The first and the last value of a single series, in numbers that cover nothing."""
    known = [point for point in one.points if _known(point) and point.period in across.order]
    known.sort(key=lambda point: across.order.index(point.period))
    taken = _taken(known, breaks, across, up)
    out = []
    for point in {known[0].period: known[0], known[-1].period: known[-1]}.values():
        words = f"{point.value or 0.0:.{decimals}f}"
        x, y = _beside(point, words, taken, across, up, shape)
        half = width_of(words, shape.body, bold=True) / 2
        taken += [(x - half + 6 * n, y, 8.0) for n in range(int(half / 3) + 1)]
        look = {"font_size": shape.body, "font_weight": 700, "text_anchor": "middle"} | svg.HALO
        out.append(svg.text(x, y, words, **look))
    return out


Spot = tuple[float, float, float]  # the middle of something drawn, and how far it reaches


def _taken(known: Sequence[Point], breaks: Sequence[_Flag], across: Across, up: Axis) -> list[Spot]:
    """Where marks, intervals, lines between them and breaks are, as spots close to each other."""
    spots = [(across.at(point.period), up.at(point.value or 0.0), 6.0) for point in known]
    for (ax, ay, _), (bx, by, _) in pairwise(list(spots)):
        spots += [(ax + (bx - ax) * n / 24, ay + (by - ay) * n / 24, 2.0) for n in range(25)]
    for point in known:
        if (span := _span(point)) is not None:
            low, high = up.at(span[0]), up.at(span[1])
            x = across.at(point.period)
            spots += [(x, low + (high - low) * n / 24, 6.0) for n in range(25)]
    high = (up.start - up.end) / 48
    spots += [(across.before(b.period), up.end + high * n, 2.0) for b in breaks for n in range(49)]
    return spots


def _beside(
    point: Point, words: str, taken: Sequence[Spot], across: Across, up: Axis, shape: Shape
) -> tuple[float, float]:
    """The middle of a label near its point: above it, or wherever it covers least.

    It may stand above, below or beside the mark and its interval, and within the plot only.
    """
    value, span = point.value or 0.0, _span(point)
    x, mark = across.at(point.period), up.at(value)
    over, under = (up.at(max(span[1], value)), up.at(min(span[0], value))) if span else (mark, mark)
    half, tall = width_of(words, shape.body, bold=True) / 2, shape.body * 0.5
    apart = tall + 7.5  # from the middle of a mark, of which 6 pixels are kept free
    places = [(x + dx, y) for y in (over - apart, under + apart) for dx in (0.0, half, -half)]
    places += [(x + half + 10, mark), (x - half - 10, mark)]
    places += [(x, over - shape.body * 2), (x, under + shape.body * 2)]
    left = across.places[0] - 26  # beside what is written at the axis
    inside = [
        (min(max(px, left + half), shape.right - half), py)
        for px, py in places
        if up.end - 14 <= py <= up.start - tall
    ]

    def covered(at: tuple[float, float]) -> int:
        return sum(
            abs(sx - at[0]) < half + reach and abs(sy - at[1]) < tall + reach
            for sx, sy, reach in taken
        )

    return min(inside or places, key=covered)


def _table(
    series: Sequence[Series], order: Sequence[str], words: dict[str, str], decimals: int
) -> tuple[svg.Row, list[svg.Row]]:
    header = tuple(words[n] for n in ("series", "period", "raw", "interval_of", "n", "note"))
    rows = [
        _cells(one, point, words, decimals)
        for one in series
        for points in ({point.period: point for point in one.points},)
        for point in (points.get(period, Point(period, None)) for period in order)
    ]
    return header, rows


def _cells(one: Series, point: Point, words: dict[str, str], decimals: int) -> svg.Row:
    value, span = point.value, _span(point)
    known = value is not None and isfinite(value)
    notes = [words["break"].format(note=b.note) for b in one.breaks if b.period == point.period]
    notes += [point.note] if point.note else []
    return (
        one.name,
        point.period,
        f"{value:.{decimals}f}" if known else words["missing"],
        f"{span[0]:.{decimals}f}–{span[1]:.{decimals}f}" if known and span else "",
        "" if point.n is None else str(point.n),
        words["semicolon"].join(notes),
    )
