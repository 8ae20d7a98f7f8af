"""WorkCalendar: counting, the edges of the range, and refusing data that contradicts itself."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.kernel.calendar import (
    CalendarDataError,
    CalendarRangeError,
    WorkCalendar,
    load_calendar,
    parse_calendar,
)

GOOD = """
code = "x"
title = "Calendar"
source = "Somebody"
version = "2026-01-01"
first = 2024-01-01
last = 2024-12-31

[holidays]
2024-01-01 = "開國紀念日"
2024-02-08 = "調整放假"

[workdays]
2024-02-17 = "補行上班"
"""

small = parse_calendar(GOOD, origin="test")
days = st.dates(small.first, small.last)


def test_make_up_saturdays_work_and_days_off_do_not() -> None:
    assert not small.is_working(date(2024, 2, 8))
    assert small.is_working(date(2024, 2, 17))
    assert not small.is_working(date(2024, 2, 18))
    assert small.name_of(date(2024, 2, 17)) == "補行上班"
    assert small.name_of(date(2024, 2, 8)) == "調整放假"
    assert small.name_of(date(2024, 2, 18)) == ""


def test_next_working_keeps_a_working_day() -> None:
    assert small.next_working(date(2024, 2, 9)) == date(2024, 2, 9)
    assert small.next_working(date(2024, 2, 8)) == date(2024, 2, 9)
    assert small.next_working(date(2024, 2, 18)) == date(2024, 2, 19)


def test_the_day_itself_is_not_counted() -> None:
    assert small.add_working_days(date(2024, 2, 7), 1) == date(2024, 2, 9)
    assert small.add_working_days(date(2024, 2, 16), 2) == date(2024, 2, 19)
    assert small.working_days_between(date(2024, 2, 16), date(2024, 2, 19)) == 2


@given(day=days, n=st.integers(1, 60))
def test_counting_undoes_adding(day: date, n: int) -> None:
    try:
        end = small.add_working_days(day, n)
    except CalendarRangeError:
        return
    assert small.is_working(end)
    assert small.working_days_between(day, end) == n
    assert small.working_days_between(day, end - timedelta(days=1)) == n - 1


@given(a=days, b=days, c=days)
def test_counts_add_up(a: date, b: date, c: date) -> None:
    a, b, c = sorted((a, b, c))
    between = small.working_days_between
    assert between(a, c) == between(a, b) + between(b, c)


def test_the_eve_of_the_range_may_be_the_start() -> None:
    assert small.add_working_days(date(2023, 12, 31), 1) == date(2024, 1, 2)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: small.is_working(date(2023, 12, 31)),
        lambda: small.is_working(date(2025, 1, 1)),
        lambda: small.name_of(date(2025, 1, 1)),
        lambda: small.next_working(date(2025, 1, 4)),
        lambda: small.add_working_days(date(2024, 12, 31), 1),
        lambda: small.add_working_days(date(2024, 12, 30), 2),
        lambda: small.add_working_days(date(2022, 5, 1), 1),
        lambda: small.add_working_days(date.max, 1),
        lambda: small.add_working_days(date(2024, 1, 1), 10_000),
        lambda: small.working_days_between(date(2024, 12, 1), date(2025, 1, 1)),
        lambda: small.working_days_between(date(2022, 1, 1), date(2024, 2, 1)),
    ],
)
def test_beyond_the_range_it_raises_and_never_guesses(ask) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(CalendarRangeError) as caught:
        ask()
    message = str(caught.value)
    assert "2024-01-01 to 2024-12-31 (Somebody)" in message
    assert "\n" not in message
    assert (caught.value.code, caught.value.last) == ("x", small.last)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: small.add_working_days(small.first, 0),
        lambda: small.working_days_between(small.last, small.first),
    ],
)
def test_senseless_questions_are_refused(ask) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match="cannot"):
        ask()


def test_it_cannot_be_changed_and_compares_by_value() -> None:
    with pytest.raises(TypeError):
        small.holidays[date(2024, 3, 1)] = "x"  # type: ignore[index]
    again = parse_calendar(GOOD, origin="again")
    assert again == small
    assert hash(again) == hash(small)


def test_changing_the_source_mapping_later_has_no_effect() -> None:
    off = {date(2024, 1, 1): "開國紀念日"}
    made = WorkCalendar("y", "t", "s", "1", date(2024, 1, 1), date(2024, 1, 31), off, {})
    off[date(2024, 1, 2)] = "late"
    assert made.is_working(date(2024, 1, 2))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('code = "x"', "", "code must be a text"),
        ('title = "Calendar"', 'title = " "', "title must be a text"),
        ("first = 2024-01-01", 'first = "2024-01-01"', "first must be a date"),
        ("first = 2024-01-01", "first = 2024-01-01T00:00:00", "first must be a date"),
        ("first = 2024-01-01", "first = 2025-01-01", "first day is after the last"),
        ("[workdays]", "[others]", "workdays must be a table"),
        ("2024-02-08 =", "2024-02-30 =", "no such day"),
        ("2024-02-08 =", "soon =", "no such day"),
        ("2024-02-08 =", "2024-02-10 =", "is a Saturday or Sunday"),
        ("2024-02-17 =", "2024-02-16 =", "is a weekday"),
        ("2024-02-08 =", "2023-02-08 =", "in order of time"),
        ("2024-02-08 =", "2025-02-07 =", "outside the range"),
        ("2024-02-08 =", "2024-01-01 =", "Cannot overwrite a value"),
        ('"補行上班"', '""', "has no name"),
        ('"補行上班"', "7", "must be a text"),
        ("[holidays]", "[holidays", "test: "),
    ],
)
def test_wrong_data_is_refused_in_one_line(old: str, new: str, says: str) -> None:
    assert old in GOOD
    with pytest.raises(CalendarDataError) as caught:
        parse_calendar(GOOD.replace(old, new), origin="test")
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_shipped_calendar_is_read_once() -> None:
    assert load_calendar("tw") is load_calendar("tw")


@pytest.mark.parametrize("code", ["nowhere", "", "../tw", "TW", "tw.toml"])
def test_only_shipped_calendars_load(code: str) -> None:
    with pytest.raises(LookupError):
        load_calendar(code)
