"""Every stage says what comes next, or that nothing does."""

from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from tomllib import loads

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.casework.rules import parse_parameters
from minben.kernel.periods import start_of
from minben.proposals.next_dates import KnownDates, Step, next_dates
from minben.proposals.rules import Stage

DOCUMENT = loads(files("minben.casework").joinpath("data/rulesets/tw-join-2018.toml").read_text())
RULES = parse_parameters(DOCUMENT["parameters"])
OPENS, CLOSES = start_of(date(2026, 3, 3)), start_of(date(2026, 5, 2))
REACHED = datetime(2026, 3, 20, 4, tzinfo=UTC)
DUE = start_of(date(2026, 5, 21))
WINDOW = KnownDates(opens_at=OPENS, closes_at=CLOSES)
CASE = KnownDates(opens_at=OPENS, closes_at=CLOSES, reached_at=REACHED, response_due_at=DUE)
HOUR = timedelta(hours=1)


def steps(stage: Stage, known: KnownDates, at: datetime) -> list[Step]:
    return [found.step for found in next_dates(stage, known, RULES, at)]


def test_checking_is_due_on_a_working_day() -> None:
    known = KnownDates(check_due_at=OPENS)
    (check,) = next_dates(Stage.CHECKING, known, RULES, OPENS - HOUR)
    assert (check.step, check.due, check.basis) == (Step.CHECK, OPENS, RULES.check.basis)


def test_before_it_opens_the_first_day_is_told_as_a_day() -> None:
    opens, closes = next_dates(Stage.SCHEDULED, WINDOW, RULES, OPENS - HOUR)
    assert (opens.step, opens.due, opens.starts) == (Step.OPENS, date(2026, 3, 3), True)
    assert (closes.step, closes.due, closes.starts) == (Step.CLOSES, CLOSES, False)


def test_a_pause_comes_before_the_close() -> None:
    known = KnownDates(opens_at=OPENS, closes_at=CLOSES, pause_ends_at=start_of(date(2026, 4, 1)))
    resumes, closes = next_dates(Stage.PAUSED, known, RULES, OPENS + HOUR)
    assert (resumes.step, resumes.due, resumes.starts) == (Step.RESUMES, date(2026, 4, 1), True)
    assert closes.step is Step.CLOSES


def test_a_case_must_be_answered_first_of_all_even_when_late() -> None:
    assert steps(Stage.REACHED, CASE, REACHED) == [Step.RESPONSE, Step.CLOSES, Step.REPROPOSAL]
    assert steps(Stage.OVERDUE, CASE, DUE + HOUR) == [Step.RESPONSE, Step.REPROPOSAL]


def test_an_answered_one_leaves_window_and_bar() -> None:
    assert steps(Stage.ANSWERED, CASE, REACHED + HOUR) == [Step.CLOSES, Step.REPROPOSAL]
    (bar,) = next_dates(Stage.ANSWERED, CASE, RULES, CLOSES)
    assert (bar.step, bar.due) == (Step.REPROPOSAL, date(2026, 9, 21))
    assert steps(Stage.ANSWERED, CASE, start_of(date(2026, 9, 21))) == []


@pytest.mark.parametrize("stage", [Stage.HIDDEN, Stage.LAPSED, Stage.WITHDRAWN])
def test_nothing_is_left_when_it_is_over(stage: Stage) -> None:
    assert steps(stage, CASE, REACHED) == []


def test_a_window_that_closed_unnoticed_promises_nothing() -> None:
    assert steps(Stage.ENDORSING, WINDOW, CLOSES) == []


@given(st.sampled_from(Stage), st.integers(-10, 400))
def test_only_a_late_duty_lies_behind(stage: Stage, days: int) -> None:
    at = OPENS + timedelta(days=days)
    for found in next_dates(stage, CASE, RULES, at):
        if found.step not in (Step.RESPONSE, Step.CHECK):
            due = found.due if isinstance(found.due, datetime) else start_of(found.due)
            assert due > at
