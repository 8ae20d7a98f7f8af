"""Pauses: a window that stands still gets its remaining time back, checked hour by hour."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.kernel.periods import TAIPEI, extend_for_pauses

ZERO = datetime(2026, 1, 1, tzinfo=UTC)
Hours = list[tuple[int, int]]

pauses_in_hours = st.lists(
    st.tuples(st.integers(-20, 80), st.integers(0, 25)).map(lambda p: (p[0], p[0] + p[1])),
    max_size=6,
)
lengths = st.integers(0, 50)


def at(hours: int) -> datetime:
    return ZERO + timedelta(hours=hours)


def extended(length: int, pauses: Hours) -> int:
    """Return the extended end in hours, for a window that opens at hour 0."""
    end = extend_for_pauses(at(0), at(length), [(at(a), at(b)) for a, b in pauses])
    return (end - ZERO) // timedelta(hours=1)


def running(end: int, pauses: Hours) -> int:
    """Count the hours of [0, end) that lie in no pause."""
    return sum(not any(a <= hour < b for a, b in pauses) for hour in range(end))


@given(length=lengths, pauses=pauses_in_hours)
def test_the_time_that_ran_is_kept_and_the_end_is_the_earliest(length: int, pauses: Hours) -> None:
    end = extended(length, pauses)
    assert end >= length
    assert running(end, pauses) == length
    assert end == 0 or running(end - 1, pauses) == length - 1


@given(length=lengths, pauses=pauses_in_hours, data=st.data())
def test_order_and_repetition_make_no_difference(
    length: int, pauses: Hours, data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(pauses + pauses))
    assert extended(length, shuffled) == extended(length, pauses)


@given(length=lengths, pauses=pauses_in_hours, more=pauses_in_hours, longer=lengths)
def test_it_is_monotone(length: int, pauses: Hours, more: Hours, longer: int) -> None:
    assert extended(length, pauses) <= extended(length, pauses + more)
    assert extended(length, pauses) <= extended(length + longer, pauses)


def test_an_election_pause_restores_the_remaining_days() -> None:
    start = datetime(2026, 9, 1, tzinfo=TAIPEI)
    end = datetime(2026, 10, 31, tzinfo=TAIPEI)  # 60 days
    pause = (datetime(2026, 9, 29, tzinfo=TAIPEI), datetime(2026, 11, 29, tzinfo=TAIPEI))
    assert extend_for_pauses(start, end, [pause]) == datetime(2026, 12, 31, tzinfo=TAIPEI)


def test_a_pause_that_begins_in_the_extension_counts() -> None:
    assert extended(10, [(5, 8), (12, 20)]) == 21


def test_a_pause_that_begins_when_the_time_is_up_does_not_count() -> None:
    assert extended(10, [(10, 20)]) == 10
    assert extended(10, [(5, 8), (13, 20)]) == 13


def test_a_window_that_opens_in_a_pause_starts_after_it() -> None:
    assert extended(10, [(-5, 3)]) == 13


def test_the_answer_is_in_utc() -> None:
    start = datetime(2026, 9, 1, tzinfo=TAIPEI)
    assert extend_for_pauses(start, start, []).tzinfo is UTC


@pytest.mark.parametrize(
    ("start", "end", "pauses", "says"),
    [
        (at(1), at(0), [], "before it starts"),
        (at(0), at(1), [(at(3), at(2))], "before it begins"),
        (at(0), at(1).replace(tzinfo=None), [], "no time zone"),
        (at(0), at(1), [(at(0).replace(tzinfo=None), at(1))], "no time zone"),
    ],
)
def test_senseless_intervals_are_refused(
    start: datetime, end: datetime, pauses: list[tuple[datetime, datetime]], says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        extend_for_pauses(start, end, pauses)
