"""Extending the time for an answer, over the calendar: when, how far, how often, and why."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.casework.rules import DeadlineKind, Outcome, RuleSetFault, parse_parameters
from minben.casework.rules.extending import REASON_MAX, REASON_MIN, extension_fault
from minben.casework.shipped import documents
from minben.kernel.calendar import load_calendar
from minben.kernel.duties import DUTIES_DEFAULT
from minben.kernel.periods import Term, Unit, end_of, last_day, start_of

TERM = DUTIES_DEFAULT.extension
TICK = timedelta(microseconds=1)
DAYS = st.dates(date(2015, 1, 1), date(2027, 8, 1))
WHY = "長" * REASON_MIN
ANSWER = Term(Unit.MONTH, 2)


def latest(due_at: datetime) -> datetime:
    return TERM.due(due_at, load_calendar())


def fault(due_at: datetime, until: date, at: datetime, **changes: object) -> str:
    told: dict[str, object] = {
        "kind": DeadlineKind.RESPONSE,
        "outcome": Outcome.OPEN,
        "extended": False,
        "reason": WHY,
        "latest": latest(due_at),
    }
    return extension_fault(due_at=due_at, until=until, at=at, **told | changes)  # type: ignore[arg-type]


def months_later(day: date, months: int) -> date:
    """The day before the corresponding day, or the month's last where there is none."""
    first = day + timedelta(days=1)
    month = first.month - 1 + months
    year, month = first.year + month // 12, month % 12 + 1
    try:
        return date(year, month, first.day) - timedelta(days=1)
    except ValueError:  # there is no such day: the month's last
        return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


@given(DAYS)
def test_the_latest_day_is_two_months_after_the_last_day(day: date) -> None:
    assert last_day(latest(end_of(day))) == months_later(day, 2)


@pytest.mark.parametrize(
    ("day", "most"),
    [
        (date(2018, 11, 23), date(2019, 1, 23)),  # reached on 9-24, due 11-23: to 1-23
        (date(2018, 12, 30), date(2019, 2, 28)),  # no 30 February
        (date(2019, 12, 30), date(2020, 2, 29)),  # but a 29th
        (date(2019, 12, 31), date(2020, 2, 29)),
        (date(2026, 2, 28), date(2026, 4, 30)),  # months are whole from a first to a last
        (date(2026, 12, 31), date(2027, 2, 28)),
    ],
)
def test_month_ends_and_leap_days(day: date, most: date) -> None:
    assert last_day(latest(end_of(day))) == most


@given(DAYS, st.integers(1, 70), st.timedeltas(timedelta(microseconds=1), timedelta(days=90)))
def test_in_time_it_holds_up_to_the_latest_day_and_no_further(
    day: date, more: int, before: timedelta
) -> None:
    due = end_of(day)
    until = day + timedelta(days=more)
    wanted = "" if end_of(until) <= latest(due) else "extension_too_long"
    assert fault(due, until, due - before) == wanted


@given(DAYS, st.integers(0, 400), st.timedeltas(timedelta(0), timedelta(days=400)))
def test_from_the_due_instant_on_it_is_late_whatever_is_asked_for(
    day: date, more: int, after: timedelta
) -> None:
    due = end_of(day)
    assert fault(due, day + timedelta(days=more), due + after) == "extension_late"


@given(DAYS, st.integers(0, 400))
def test_it_never_makes_the_time_shorter(day: date, less: int) -> None:
    due = end_of(day)
    until = day - timedelta(days=less)
    assert fault(due, until, due - TICK) == "extension_backwards"


@given(DAYS, st.integers(1, 59))
def test_the_last_instant_before_midnight_in_taipei_is_in_time(day: date, more: int) -> None:
    until = day + timedelta(days=more)
    due = start_of(day + timedelta(days=1))
    assert fault(due, until, due - TICK) == ""
    assert fault(due, until, due) == "extension_late"


@given(DAYS, DAYS)
def test_once_and_of_a_running_answer_only(reached: date, until: date) -> None:
    at = start_of(reached)
    due = ANSWER.due(at, load_calendar())
    assert fault(due, until, at, extended=True) == "extension_twice"
    for kind in set(DeadlineKind) - {DeadlineKind.RESPONSE}:
        assert fault(due, until, at, kind=kind) == "extension_kind"
    for outcome in set(Outcome) - {Outcome.OPEN}:
        assert fault(due, until, at, outcome=outcome) == "extension_over"


@given(st.text(max_size=REASON_MAX + 40))
def test_the_reason_says_something(reason: str) -> None:
    day = date(2026, 5, 4)
    due = end_of(day)
    found = fault(due, day + timedelta(days=1), due - TICK, reason=reason)
    length = len(reason.strip())
    if length < REASON_MIN:
        assert found == "extension_reason"
    else:
        assert found == ("extension_reason_too_long" if length > REASON_MAX else "")


class TestDocuments:
    def parameters(self, **more: object) -> dict[str, object]:
        [shipped] = [one for one in documents() if one["code"] == "tw-join-2018"]
        return {**shipped["parameters"], **more}

    def test_one_that_says_nothing_follows_the_default(self) -> None:
        assert parse_parameters(self.parameters()).duties == DUTIES_DEFAULT
        assert DUTIES_DEFAULT.extension.basis

    def test_one_may_say_less_than_two_months(self) -> None:
        month = {"unit": "month", "n": 1, "starts": "same_day", "basis": "自訂"}
        rules = parse_parameters(self.parameters(duties={"extension": month}))
        due = datetime(2026, 5, 4, 16, tzinfo=UTC)
        assert last_day(rules.duties.extension.due(due, load_calendar())) == date(2026, 6, 4)

    @pytest.mark.parametrize(
        ("duties", "told"),
        [
            ([], "duties must be a table"),
            ({}, "extension"),
            ({"extension": 2}, "extension must be a table"),
            ({"extension": {"unit": "month", "n": 0}}, "extension: term"),
            ({"extension": {"unit": "month", "n": 2}, "more": {}}, "more"),
        ],
    )
    def test_what_is_not_well_formed_is_named(self, duties: object, told: str) -> None:
        with pytest.raises(RuleSetFault, match=told):
            parse_parameters(self.parameters(duties=duties))
