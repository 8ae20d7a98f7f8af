"""The endorsement curve (附議曲線): geometry of the drawing and rows of the table behind it. Pure.

The drawing is an SVG of WIDTH by HEIGHT units whose letters are set by the template; here are
only numbers. The first day stands at the left edge of the frame and the end of the last day at
the right one, so that a reader sees how much time was or is left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import floor, log10
from typing import Final

WIDTH: Final = 640
HEIGHT: Final = 240
LEFT: Final = 84
RIGHT: Final = 624
TOP: Final = 36
BOTTOM: Final = 204
MOST_ROWS: Final = 60
ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Point:
    """How many had endorsed by the end of a day in Taiwan."""

    day: date
    total: int


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: the total, and how many came since the line before."""

    day: date
    added: int
    total: int


@dataclass(frozen=True, slots=True)
class Label:
    """A number on the axis, and how high it stands."""

    value: int
    y: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything the template needs.

    Args:
        line, area: values of the ``d`` attribute of a path.
        goal_y: height of the threshold's line.
        dot_x, dot_y: the last known count.
        labels: numbers on the upright axis, from below.
        first, last: days at the two ends of the level axis; `last` is the last full day.
    """

    line: str
    area: str
    goal_y: float
    dot_x: float
    dot_y: float
    labels: tuple[Label, ...]
    first: date
    last: date


def carried(known: Sequence[Point], first: date, last: date) -> list[Point]:
    """Return a total for every day from `first` to `last`; a day without one keeps the last.

    What was known before `first` (by a clock that was set wrong, in an archive) counts on `first`.
    """
    totals = {point.day: point.total for point in known}
    total = max((n for day, n in totals.items() if day < first), default=0)
    points = []
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        total = totals.get(day, total)
        points.append(Point(day, total))
    return points


def table(points: Sequence[Point], most: int = MOST_ROWS) -> list[Row]:
    """Return at most `most` rows, evenly spread, always with the first and the last day.

    Raises:
        ValueError: `most` is less than 2.
    """
    if most < 2:
        raise ValueError(f"a table of a curve has 2 rows or more, not {most}")
    n = len(points)
    if n > most:
        picked = sorted({round(step * (n - 1) / (most - 1)) for step in range(most)})
        points = [points[index] for index in picked]
    rows, before = [], 0
    for point in points:
        rows.append(Row(point.day, point.total - before, point.total))
        before = point.total
    return rows


def ceiling(value: int) -> int:
    """Return the first round number not below `value`: 1, 2, 2.5 or 5 times a power of ten."""
    if value <= 10:
        return 10
    power = 10 ** floor(log10(value))
    for tenths in (10, 20, 25, 50, 100):
        if power * tenths // 10 >= value:
            return int(power * tenths // 10)
    raise AssertionError(value)  # ten times the power is always above


def draw(points: Sequence[Point], goal: int, first: date, last: date) -> Drawing:
    """Return the drawing of `points` between the days `first` and `last` of the window.

    A point after `last` widens the frame. Where nothing is known of the first days, the line
    begins at the first point: how it rose from nothing would be made up.

    Raises:
        ValueError: there is no point, or `last` is before `first`.
    """
    if not points:
        raise ValueError("a curve has one point or more")
    if last < first:
        raise ValueError(f"the window ends ({last}) before it begins ({first})")
    last = max(last, points[-1].day)
    days = (last - first).days + 1
    top = ceiling(max(goal, points[-1].total))

    def x(day: date) -> float:
        gone = (day - first).days + 1  # a total is known when its day is over
        return round(LEFT + (RIGHT - LEFT) * min(max(gone, 0), days) / days, 1)

    def y(count: int) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * count / top, 1)

    steps = " ".join(f"{x(point.day):g} {y(point.total):g}" for point in points)
    dot_x, dot_y = x(points[-1].day), y(points[-1].total)
    from_x: float = LEFT
    known = f"M{LEFT} {BOTTOM}L"
    if points[0].day - first > ONE_DAY:
        from_x, known = x(points[0].day), "M"
    return Drawing(
        line=f"{known}{steps}",
        area=f"M{from_x:g} {BOTTOM}L{steps}L{dot_x:g} {BOTTOM}Z",
        goal_y=y(goal),
        dot_x=dot_x,
        dot_y=dot_y,
        labels=tuple(Label(value, y(value)) for value in sorted({0, top // 2, top})),
        first=first,
        last=last,
    )
