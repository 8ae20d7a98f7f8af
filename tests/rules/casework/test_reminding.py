"""When agencies are reminded: every mark once, none before the duty began, whatever the calendar."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.casework.rules import RuleSetFault, parse_parameters
from minben.casework.rules.reminding import (
    BEFORE,
    instant_of,
    mark_at,
    next_mark,
    roles_told,
)
from minben.casework.shipped import documents
from minben.kernel.actor import Role
from minben.kernel.calendar import load_calendar
from minben.kernel.duties import DUTIES_DEFAULT, Duties
from minben.kernel.periods import Term, Unit, end_of, extend_for_pauses, last_day, local_day

DAYS = st.dates(date(2015, 1, 1), date(2027, 6, 1))
TICK = timedelta(microseconds=1)
HOURS = st.timedeltas(timedelta(0), timedelta(days=200))
MARKS = [*BEFORE, *(-1 - 7 * n for n in range(60))]


@given(DAYS, st.sampled_from(MARKS))
def test_a_mark_falls_in_the_morning_so_many_days_from_the_last_day(day: date, mark: int) -> None:
    at = instant_of(mark, end_of(day))
    assert local_day(at) == day - timedelta(days=mark)
    assert at - (end_of(local_day(at)) - timedelta(days=1)) == timedelta(hours=9)


@given(DAYS, st.timedeltas(timedelta(days=-90), timedelta(days=400)))
def test_newest_and_next_are_neighbours(day: date, away: timedelta) -> None:
    due, at = end_of(day), end_of(day) + away
    newest, coming = mark_at(due, at), next_mark(due, at)
    instants = sorted(instant_of(mark, due) for mark in MARKS)
    passed = [one for one in instants if one <= at]
    assert coming == next(one for one in instants if one > at)
    assert (newest is None) == (not passed)
    if newest is not None:
        assert instant_of(newest, due) == passed[-1]


@given(DAYS, HOURS, st.lists(st.timedeltas(timedelta(minutes=1), timedelta(days=3)), max_size=80))
def test_ticks_whenever_they_come_fire_each_mark_once_at_most(
    day: date, early: timedelta, gaps: list[timedelta]
) -> None:
    """What the action does with `remind_at`, over any sequence of ticks."""
    due = end_of(day)
    begins = due - early
    remind_at, at, fired = next_mark(due, begins), begins, []
    for gap in gaps:
        at += gap
        if remind_at <= at:
            mark = mark_at(due, at)
            assert mark is not None
            assert instant_of(mark, due) >= remind_at > begins
            fired.append(mark)
            remind_at = next_mark(due, at)
        assert remind_at > at
    assert fired == sorted(set(fired), reverse=True)
    if gaps and max(gaps) <= timedelta(days=1):  # ticks every day miss no mark
        wanted = [mark for mark in MARKS if begins < instant_of(mark, due) <= at]
        assert len(fired) >= len([mark for mark in wanted if mark not in (0, 1, -1)])


@given(DAYS, st.integers(1, 60), st.timedeltas(timedelta(minutes=1), timedelta(days=60)))
def test_a_moved_date_counts_anew_and_not_what_lies_behind(
    day: date, more: int, before: timedelta
) -> None:
    due, moved = end_of(day), end_of(day + timedelta(days=more))
    at = due - before
    coming = next_mark(moved, at)
    assert coming > at
    assert coming <= instant_of(0, moved)  # there is always one before it is overdue
    assert coming in {instant_of(mark, moved) for mark in BEFORE}


def test_who_is_told_grows_as_time_runs_out() -> None:
    assert [roles_told(mark) for mark in (30, 14)] == [(Role.OFFICER,)] * 2
    assert {roles_told(mark) for mark in (7, 1, 0)} == {(Role.OFFICER, Role.LEAD)}
    late = (Role.OFFICER, Role.LEAD, Role.PARTICIPATION)
    assert {roles_told(mark) for mark in (-1, -8, -400)} == {late}


class TestTerms:
    """The terms after reaching, over the calendar."""

    @given(DAYS, st.timedeltas(timedelta(0), timedelta(days=1) - TICK))
    def test_days_are_calendar_days_and_the_day_of_reaching_is_not_counted(
        self, day: date, clock: timedelta
    ) -> None:
        at = end_of(day) - timedelta(days=1) + clock
        calendar = load_calendar()
        plan = DUTIES_DEFAULT.handling_plan.due(at, calendar)
        contact = DUTIES_DEFAULT.contact.due(at, calendar)
        assert last_day(plan) == day + timedelta(days=7)
        assert last_day(contact) == day + timedelta(days=10)

    @pytest.mark.parametrize(
        ("reached", "plan"),
        [
            (date(2026, 2, 13), date(2026, 2, 20)),  # the whole of the lunar new year lies between
            (date(2023, 1, 31), date(2023, 2, 7)),  # and a make-up workday on the 4th
            (date(2026, 12, 31), date(2027, 1, 7)),
        ],
    )
    def test_holidays_and_make_up_workdays_move_nothing(self, reached: date, plan: date) -> None:
        at = end_of(reached) - timedelta(hours=5)
        assert last_day(DUTIES_DEFAULT.handling_plan.due(at, load_calendar())) == plan

    @pytest.mark.parametrize(
        ("answered", "returns"),
        [
            (date(2026, 8, 31), date(2027, 2, 28)),
            (date(2026, 8, 30), date(2027, 2, 28)),
            (date(2027, 8, 30), date(2028, 2, 29)),
            (date(2026, 6, 30), date(2026, 12, 31)),
            (date(2026, 3, 15), date(2026, 9, 15)),
        ],
    )
    def test_a_return_comes_six_months_later_month_ends_included(
        self, answered: date, returns: date
    ) -> None:
        at = end_of(answered) - TICK
        assert last_day(DUTIES_DEFAULT.study_return.due(at, load_calendar())) == returns

    def test_two_months_from_the_last_day_of_the_year(self) -> None:
        at = datetime(2026, 12, 31, 15, 59, tzinfo=UTC)  # 23:59 in Taipei
        assert last_day(Term(Unit.MONTH, 2).due(at, load_calendar())) == date(2027, 2, 28)

    @given(DAYS, st.integers(0, 120), st.integers(1, 60))
    def test_a_pause_moves_a_window_and_no_duty(self, day: date, after: int, length: int) -> None:
        at = end_of(day)
        due = DUTIES_DEFAULT.contact.due(at, load_calendar())
        starts = at + timedelta(days=after)
        pause = (starts, starts + timedelta(days=length))
        moved = extend_for_pauses(at, due, [pause])
        assert (moved > due) == (pause[0] < due)  # what a window would get back
        assert DUTIES_DEFAULT.contact.due(at, load_calendar()) == due


class TestDocuments:
    def parameters(self, duties: object) -> dict[str, object]:
        [shipped] = [one for one in documents() if one["code"] == "tw-join-2018"]
        return {**shipped["parameters"], "duties": duties}

    def test_a_table_states_the_extension_and_what_else_it_likes(self) -> None:
        month = {"unit": "month", "n": 1, "starts": "same_day", "basis": "自訂"}
        plan = {"unit": "working_day", "n": 5, "basis": "自訂"}
        told = parse_parameters(self.parameters({"extension": month, "handling_plan": plan})).duties
        assert (told.handling_plan.unit, told.handling_plan.n) == (Unit.WORKING_DAY, 5)
        assert told.contact == DUTIES_DEFAULT.contact
        assert isinstance(told, Duties)

    def test_without_the_extension_it_is_refused(self) -> None:
        plan = {"unit": "day", "n": 5}
        with pytest.raises(RuleSetFault, match="extension"):
            parse_parameters(self.parameters({"handling_plan": plan}))

    def test_every_basis_fits_the_row_that_tells_it(self) -> None:
        for term in (
            DUTIES_DEFAULT.handling_plan,
            DUTIES_DEFAULT.contact,
            DUTIES_DEFAULT.study_return,
        ):
            assert 0 < len(term.basis) <= 200
