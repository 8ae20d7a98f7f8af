"""What became of an archived proposal, and that nobody is called late on no evidence."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from minben.casework.rules import DeadlineKind, Outcome, RuleParameters, parse_parameters
from minben.casework.shipped import documents
from minben.kernel.calendar import load_calendar
from minben.kernel.periods import end_of, last_day, local_day, start_of
from minben.proposals.archive.fate import BASIS, Fate, fate_of, final_post
from minben.proposals.archive.proposals_file import parse_proposal
from minben.proposals.rules import State
from tests.archive_samples import NOW, answered, lapsed, line, post, withdrawn


def rules() -> RuleParameters:
    (document,) = (one for one in documents() if one["code"] == "tw-join-2016")
    return parse_parameters(document["parameters"])


def fate(record: dict[str, Any], at: datetime = NOW) -> Fate:
    return fate_of(parse_proposal(line(record), 1, at), rules(), load_calendar(), at)


def deadline(found: Fate, kind: DeadlineKind) -> Any:
    (one,) = (one for one in found.deadlines if one.kind is kind)
    return one


@pytest.mark.parametrize(
    ("record", "state", "outcome"),
    [
        (lapsed(), State.LAPSED, Outcome.LAPSED),
        (withdrawn(), State.WITHDRAWN, Outcome.CANCELLED),
        (answered(), State.ANSWERED, Outcome.MET),
        (answered(responses=[]), State.REACHED, Outcome.MET),
    ],
)
def test_state_and_window(record: dict[str, Any], state: State, outcome: Outcome) -> None:
    found = fate(record)
    window = deadline(found, DeadlineKind.ENDORSE_CLOSE)
    assert (found.state, window.outcome) == (state, outcome)
    assert local_day(found.opens_at) == date(2017, 6, 8)
    assert last_day(window.due_at) == date(2017, 8, 6)
    assert window.basis == rules().endorse.basis
    assert (found.closed_at is None) == (state is State.REACHED)


def test_a_window_still_open_stays_open() -> None:
    at = datetime(2017, 7, 1, tzinfo=UTC)
    found = fate(lapsed(), at)
    window = deadline(found, DeadlineKind.ENDORSE_CLOSE)
    assert (found.state, window.outcome, window.outcome_at) == (State.ENDORSING, Outcome.OPEN, None)


def test_a_date_the_rule_does_not_give_says_so() -> None:
    found = fate(lapsed(endorse_due="2017-07-07T00:00:00+08:00"))
    assert deadline(found, DeadlineKind.ENDORSE_CLOSE).basis == BASIS
    assert deadline(found, DeadlineKind.CHECK).basis == BASIS


def test_a_check_is_met_when_accepted_and_missed_if_that_was_late() -> None:
    assert deadline(fate(lapsed()), DeadlineKind.CHECK).missed_at is None
    late = deadline(fate(lapsed(check_due="2017-06-06T23:59:59+08:00")), DeadlineKind.CHECK)
    assert late.outcome is Outcome.MET
    assert late.missed_at == end_of(date(2017, 6, 6)) < late.outcome_at
    assert len(fate(lapsed(check_due=None)).deadlines) == 1


def test_the_response_is_due_in_two_months() -> None:
    found = fate(answered())
    due = deadline(found, DeadlineKind.RESPONSE)
    assert last_day(due.due_at) == date(2017, 8, 20)
    assert (due.outcome, due.outcome_at, due.missed_at) == (
        Outcome.MET,
        found.closed_at,
        None,
    )


def test_a_late_response_is_met_and_was_missed() -> None:
    found = fate(answered(responses=[post("2017-09-01")]))
    due = deadline(found, DeadlineKind.RESPONSE)
    assert (due.outcome, due.missed_at) == (Outcome.MET, due.due_at)
    assert found.missed_response is due


def test_a_stamp_of_the_day_of_re_entry_proves_nothing() -> None:
    record = answered(
        submitted="2016-10-03T10:00:00+08:00",
        sent_for_check="2016-10-03T10:00:00+08:00",
        check_due=None,
        approved="2016-10-05T10:00:00+08:00",
        endorse_due="2016-12-05T00:00:00+08:00",
        goal_reached="2016-10-20T00:00:00+08:00",
        last_seen="2017-01-05",
        responses=[post("2017-03-30")],
    )
    assert fate(record).missed_response is None
    assert fate(record | {"responses": [post("2017-03-31")]}).missed_response is not None


def test_without_a_final_post_it_is_missed_only_if_the_archive_saw_the_day_pass() -> None:
    notice = post("2017-07-01", looks_interim=True)
    seen = fate(answered(responses=[notice], last_seen="2018-09-12"))
    due = deadline(seen, DeadlineKind.RESPONSE)
    assert (seen.state, due.outcome, due.missed_at) == (State.REACHED, Outcome.OPEN, due.due_at)
    assert seen.response_due_at == due.due_at
    unseen = fate(answered(responses=[notice], last_seen="2017-08-06"))
    due = deadline(unseen, DeadlineKind.RESPONSE)
    assert (due.outcome, due.missed_at, unseen.response_due_at) == (Outcome.CANCELLED, None, None)
    assert due.outcome_at == start_of(date(2017, 8, 7)) < due.due_at


def posts(*given: dict[str, Any]) -> Any:
    dated = [
        one | {"time": f"2017-07-{day:02}T09:00:00+08:00"} for day, one in enumerate(given, start=1)
    ]
    return parse_proposal(line(answered(responses=dated)), 1, NOW).posts


NOTICE = post("x", looks_interim=True)
ANSWER = post("x")
SAME = post("x", adoption="編輯中", plan="編輯中")
PROMISE = post("x", deliberation="相關事項將於正式回應時說明。")
BLANK = post("x", analysis="", deliberation="", adoption="", plan="")
UPDATE = post("x", analysis="", adoption="", plan="")


@pytest.mark.parametrize(
    ("given", "final"),
    [
        ((), None),
        ((NOTICE,), None),
        ((BLANK,), None),
        ((NOTICE, ANSWER), 1),
        ((ANSWER, NOTICE), 0),
        ((NOTICE, ANSWER, ANSWER, NOTICE), 1),
        ((SAME, ANSWER), 1),
        ((PROMISE, ANSWER), 1),
        ((PROMISE, UPDATE), 1),
        ((SAME, SAME), 1),
        ((UPDATE, ANSWER, UPDATE), 1),
        ((ANSWER, BLANK), 0),
    ],
)
def test_which_post_is_the_formal_response(
    given: tuple[dict[str, Any], ...], final: int | None
) -> None:
    told = posts(*given)
    assert final_post(told) is (None if final is None else told[final])


def test_all_deadlines_are_fit_to_be_stored() -> None:
    for record in (lapsed(), withdrawn(), answered(), answered(responses=[])):
        for one in fate(record).deadlines:
            assert one.starts_at < one.due_at
            assert (one.outcome is Outcome.OPEN) == (one.outcome_at is None)
            assert len(one.basis) <= 200
            assert one.starts_at.utcoffset() == timedelta(0)
