"""The drawing stays in its frame, never falls, and its table tells the same story."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.proposals import curve

FIRST = date(2026, 3, 3)
counts = st.dictionaries(
    st.integers(-2, 90).map(lambda n: FIRST + timedelta(days=n)), st.integers(0, 4000), max_size=60
)


def known(by_day: dict[date, int], first: date, last: date) -> list[curve.Point]:
    """Totals as they are kept: one for each day on which somebody came."""
    days = sorted(by_day)
    totals = [curve.Point(day, sum(by_day[one] for one in days if one <= day)) for day in days]
    return curve.carried(totals, first, last)


def numbers(path: str) -> list[tuple[float, float]]:
    found = [float(part) for part in re.findall(r"[\d.]+", path)]
    return list(zip(found[::2], found[1::2], strict=True))


@given(counts, st.integers(1, 20_000), st.integers(0, 90), st.integers(0, 90))
def test_the_line_stays_in_the_frame_and_never_falls(
    by_day: dict[date, int], goal: int, seen: int, window: int
) -> None:
    points = known(by_day, FIRST, FIRST + timedelta(days=seen))
    drawing = curve.draw(points, goal, FIRST, FIRST + timedelta(days=window))
    path = numbers(drawing.line)
    assert all(curve.LEFT <= x <= curve.RIGHT for x, _ in path)
    assert all(curve.TOP <= y <= curve.BOTTOM for _, y in path)
    assert [x for x, _ in path] == sorted(x for x, _ in path)
    assert [y for _, y in path] == sorted((y for _, y in path), reverse=True)
    assert path[-1] == (drawing.dot_x, drawing.dot_y)
    assert curve.TOP <= drawing.goal_y <= curve.BOTTOM
    assert len(path) == len(points) + 1


@given(counts, st.integers(0, 400), st.integers(2, 60))
def test_the_table_is_short_and_adds_up(by_day: dict[date, int], seen: int, most: int) -> None:
    points = known(by_day, FIRST, FIRST + timedelta(days=seen))
    rows = curve.table(points, most)
    assert len(rows) == min(most, len(points))
    assert (rows[0].day, rows[-1].day) == (points[0].day, points[-1].day)
    assert sum(row.added for row in rows) == rows[-1].total == points[-1].total
    assert all(row.added >= 0 for row in rows)


@given(counts, st.integers(0, 120))
def test_every_day_has_a_point_and_nothing_known_is_lost(
    by_day: dict[date, int], seen: int
) -> None:
    last = FIRST + timedelta(days=seen)
    points = known(by_day, FIRST, last)
    assert [point.day for point in points] == [FIRST + timedelta(days=n) for n in range(seen + 1)]
    assert points[-1].total == sum(n for day, n in by_day.items() if day <= last)


@given(st.integers(0, 10**9))
def test_the_axis_ends_on_a_round_number_not_far_above(value: int) -> None:
    top = curve.ceiling(value)
    assert top >= value
    assert top <= max(10, value * 2.5)
    assert str(top).rstrip("0") in {"1", "2", "25", "5"}


@pytest.mark.parametrize(
    ("value", "top"), [(0, 10), (11, 20), (4871, 5000), (5000, 5000), (5001, 10000)]
)
def test_round_numbers(value: int, top: int) -> None:
    assert curve.ceiling(value) == top


def test_what_can_not_be_drawn_is_refused() -> None:
    point = curve.Point(FIRST, 1)
    with pytest.raises(ValueError, match="one point or more"):
        curve.draw([], 5000, FIRST, FIRST)
    with pytest.raises(ValueError, match="before it begins"):
        curve.draw([point], 5000, FIRST, FIRST - timedelta(days=1))
    with pytest.raises(ValueError, match="2 rows or more"):
        curve.table([point], 1)


def test_the_first_day_is_over_one_step_to_the_right() -> None:
    drawing = curve.draw([curve.Point(FIRST, 2500)], 5000, FIRST, FIRST + timedelta(days=59))
    assert drawing.line == "M84 204L93 120"
    assert drawing.goal_y == curve.TOP
    assert [label.value for label in drawing.labels] == [0, 2500, 5000]


def test_how_it_rose_on_days_nobody_saw_is_not_made_up() -> None:
    seen = [
        curve.Point(FIRST + timedelta(days=29), 2500),
        curve.Point(FIRST + timedelta(days=59), 5000),
    ]
    drawing = curve.draw(seen, 5000, FIRST, FIRST + timedelta(days=59))
    assert drawing.line == "M354 120 624 36"
    assert drawing.area.startswith("M354 204L")
