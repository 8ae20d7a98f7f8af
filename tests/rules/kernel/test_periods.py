"""Terms: when a deadline falls (民法 §§120-122), and reading terms from rule-set data."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.kernel.calendar import CalendarRangeError, load_calendar
from minben.kernel.periods import (
    MAX_N,
    TAIPEI,
    Roll,
    Starts,
    Term,
    TermError,
    Unit,
    end_of,
    last_day,
    local_day,
    start_of,
)

TW = load_calendar("tw")
NEXT, SAME = Starts.NEXT_DAY, Starts.SAME_DAY


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=TAIPEI)


def last(term: Term, event: date) -> date:
    return last_day(term.due(noon(event), TW))


def test_the_due_instant_is_the_midnight_that_ends_the_last_day() -> None:
    term = Term(Unit.WORKING_DAY, 3, NEXT, basis="檢核，3個工作日")
    due = term.due(datetime(2026, 3, 2, 9, 30, tzinfo=TAIPEI), TW)  # a Monday
    assert due == datetime(2026, 3, 6, 0, 0, tzinfo=TAIPEI)  # Thursday has ended
    assert due.tzinfo is UTC
    assert due == datetime(2026, 3, 5, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("term", "event", "expected"),
    [
        # working days
        (Term(Unit.WORKING_DAY, 3, NEXT), date(2026, 3, 2), date(2026, 3, 5)),
        (Term(Unit.WORKING_DAY, 3, SAME), date(2026, 3, 2), date(2026, 3, 4)),
        (Term(Unit.WORKING_DAY, 3, NEXT), date(2026, 3, 6), date(2026, 3, 11)),  # Friday
        (Term(Unit.WORKING_DAY, 1, SAME), date(2026, 3, 7), date(2026, 3, 9)),  # Saturday
        (Term(Unit.WORKING_DAY, 3, NEXT), date(2026, 2, 13), date(2026, 2, 25)),  # New Year
        (Term(Unit.WORKING_DAY, 1, NEXT), date(2025, 2, 7), date(2025, 2, 8)),  # make-up day
        # calendar days
        (Term(Unit.DAY, 60, NEXT), date(2026, 1, 1), date(2026, 3, 2)),
        (Term(Unit.DAY, 60, SAME), date(2026, 1, 1), date(2026, 3, 1)),
        (Term(Unit.DAY, 1, SAME), date(2026, 1, 1), date(2026, 1, 1)),
        # months, not counting the day of the event
        (Term(Unit.MONTH, 2, NEXT), date(2025, 12, 31), date(2026, 2, 28)),
        (Term(Unit.MONTH, 2, NEXT), date(2023, 12, 31), date(2024, 2, 29)),
        (Term(Unit.MONTH, 2, NEXT), date(2026, 3, 15), date(2026, 5, 15)),
        (Term(Unit.MONTH, 2, NEXT), date(2026, 2, 28), date(2026, 4, 30)),
        (Term(Unit.MONTH, 1, NEXT), date(2026, 1, 29), date(2026, 2, 28)),  # no 30 February
        (Term(Unit.MONTH, 1, NEXT), date(2026, 1, 28), date(2026, 2, 28)),  # no 29 February
        (Term(Unit.MONTH, 1, NEXT), date(2026, 1, 27), date(2026, 2, 27)),
        (Term(Unit.MONTH, 14, NEXT), date(2025, 12, 31), date(2027, 2, 28)),
        # months, counting it
        (Term(Unit.MONTH, 1, SAME), date(2026, 3, 1), date(2026, 3, 31)),
        (Term(Unit.MONTH, 1, SAME), date(2026, 3, 15), date(2026, 4, 14)),
        (Term(Unit.MONTH, 4, SAME), date(2025, 10, 31), date(2026, 2, 28)),
        # rolling off a day without work
        (Term(Unit.DAY, 5, NEXT, Roll.NEXT_WORKING_DAY), date(2026, 3, 2), date(2026, 3, 9)),
        (Term(Unit.DAY, 5, NEXT, Roll.NONE), date(2026, 3, 2), date(2026, 3, 7)),
        (Term(Unit.DAY, 4, NEXT, Roll.NEXT_WORKING_DAY), date(2026, 3, 2), date(2026, 3, 6)),
        (Term(Unit.MONTH, 2, NEXT, Roll.NEXT_WORKING_DAY), date(2025, 12, 31), date(2026, 3, 2)),
    ],
)
def test_last_day(term: Term, event: date, expected: date) -> None:
    assert last(term, event) == expected


def test_the_local_day_counts_not_the_day_in_utc() -> None:
    late = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)  # 00:30 on the 3rd in Taipei
    assert local_day(late) == date(2026, 3, 3)
    assert Term(Unit.DAY, 1, NEXT).starts_on(late) == date(2026, 3, 4)
    assert Term(Unit.DAY, 1, SAME).starts_on(late) == date(2026, 3, 3)


def test_starting_next_day_may_be_a_day_without_work() -> None:
    assert Term(Unit.WORKING_DAY, 3).starts_on(noon(date(2026, 3, 6))) == date(2026, 3, 7)


def test_days_meet_without_a_gap() -> None:
    day = date(2026, 3, 2)
    assert end_of(day) == start_of(date(2026, 3, 3))
    assert last_day(end_of(day)) == day
    assert local_day(start_of(day)) == day


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        Term(Unit.DAY, 1).due(datetime(2026, 3, 2), TW)


def test_the_calendar_is_asked_only_where_it_matters() -> None:
    far = noon(date(2031, 1, 1))
    assert last_day(Term(Unit.DAY, 60).due(far, TW)) == date(2031, 3, 2)
    with pytest.raises(CalendarRangeError):
        Term(Unit.WORKING_DAY, 3).due(far, TW)
    with pytest.raises(CalendarRangeError):
        Term(Unit.DAY, 60, roll=Roll.NEXT_WORKING_DAY).due(far, TW)


@pytest.mark.parametrize("unit", [Unit.DAY, Unit.MONTH])
def test_beyond_the_year_9999_it_overflows(unit: Unit) -> None:
    with pytest.raises(OverflowError):
        Term(unit, 40, SAME).due(noon(date(9999, 12, 1)), TW)


dates = st.dates(date(2015, 1, 1), date(2099, 12, 31))


@given(first=dates, n=st.integers(1, 60))
def test_months_follow_the_civil_code(first: date, n: int) -> None:
    """A second reading of §121 II: walk month by month, then look for the corresponding day."""
    year, month = first.year, first.month
    for _ in range(n):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    try:
        expected = date(year, month, first.day) - timedelta(days=1)
    except ValueError:
        expected = date(year, month, monthrange(year, month)[1])
    assert last(Term(Unit.MONTH, n, SAME), first) == expected


@given(event=dates, a=st.integers(1, 40), b=st.integers(1, 40), unit=st.sampled_from(Unit))
def test_a_longer_term_never_ends_earlier(event: date, a: int, b: int, unit: Unit) -> None:
    if unit is Unit.WORKING_DAY:
        event = event.replace(year=2015 + event.year % 12)
    short, long = sorted((a, b))
    start = noon(event)
    assert Term(unit, short).due(start, TW) <= Term(unit, long).due(start, TW)
    assert Term(unit, long, SAME).due(start, TW) <= Term(unit, long, NEXT).due(start, TW)


terms = st.builds(
    Term,
    unit=st.sampled_from(Unit),
    n=st.integers(1, MAX_N),
    starts=st.sampled_from(Starts),
    roll=st.sampled_from(Roll),
    basis=st.text(max_size=20),
)


@given(term=terms)
def test_a_term_survives_its_mapping(term: Term) -> None:
    assert Term.from_mapping(term.to_mapping()) == term


def test_defaults_of_a_mapping() -> None:
    read = Term.from_mapping({"unit": "working_day", "n": 3})
    assert read == Term(Unit.WORKING_DAY, 3, NEXT, Roll.NONE, "")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"unit": None}, "unit must be one of working_day, day, month, not None"),
        ({"unit": "week"}, "unit must be one of"),
        ({"starts": "tomorrow"}, "starts must be one of same_day, next_day"),
        ({"roll": ["none"]}, "roll must be one of"),
        ({"n": 0}, "n must be a whole number from 1"),
        ({"n": MAX_N + 1}, "n must be a whole number from 1"),
        ({"n": True}, "n must be a whole number"),
        ({"n": 3.0}, "n must be a whole number"),
        ({"n": "3"}, "n must be a whole number"),
        ({"basis": 5}, "basis must be a text"),
        ({"ends": "end_of_day"}, "unknown key 'ends'"),
    ],
)
def test_wrong_rule_data_is_refused_in_one_line(change: dict[str, object], says: str) -> None:
    with pytest.raises(TermError) as caught:
        Term.from_mapping({"unit": "day", "n": 60, "starts": "next_day"} | change)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("key", ["unit", "n"])
def test_a_missing_key_is_named(key: str) -> None:
    data = {"unit": "day", "n": 60}
    del data[key]
    with pytest.raises(TermError, match=f"{key} is missing"):
        Term.from_mapping(data)
