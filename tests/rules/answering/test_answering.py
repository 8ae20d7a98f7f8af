"""Plans, contacts and reports: what they must say, and what everybody may see of a contact."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.answering.rules import (
    CONTACT_ANSWER,
    REOPENING,
    STEPS_MAX,
    SURVEY,
    ContactState,
    Verdict,
    contact_fault,
    contact_state,
    office_fault,
    plan_faults,
    post_faults,
    verdict_fault,
)

AT = datetime(2026, 3, 5, 2, tzinfo=UTC)
UNTIL = AT + timedelta(days=7)
STEP = {"what": "會面", "until": "2026-03-12"}
SUMMARY = "將邀集相關機關與提議者討論，先盤點現況再提出方案。"


def test_the_terms_say_what_they_rest_on() -> None:
    assert (CONTACT_ANSWER.n, SURVEY.n, REOPENING.n) == (7, 14, 3)
    assert "本平臺自訂" in CONTACT_ANSWER.basis
    assert "本平臺自訂" in SURVEY.basis
    assert "三日" in REOPENING.basis


@pytest.mark.parametrize(
    ("summary", "steps", "office", "faults"),
    [
        (SUMMARY, [STEP], "第一組", {}),
        (" " * 30, [STEP], "第一組", {"summary": "plan_summary_short"}),
        ("長" * 3001, [STEP], "第一組", {"summary": "answering_too_long"}),
        (SUMMARY, [], "第一組", {"steps": "plan_steps_missing"}),
        (SUMMARY, [STEP] * (STEPS_MAX + 1), "第一組", {"steps": "plan_steps_many"}),
        (SUMMARY, [{"what": " ", "until": "2026-03-12"}], "第一組", {"steps": "plan_step_half"}),
        (SUMMARY, [{"what": "會面", "until": "三月"}], "第一組", {"steps": "plan_step_half"}),
        (
            SUMMARY,
            [{"what": "長" * 201, "until": "2026-03-12"}],
            "組",
            {"steps": "answering_too_long"},
        ),
        (SUMMARY, [STEP], " ", {"office": "office_missing"}),
    ],
)
def test_what_a_plan_must_say(
    summary: str, steps: list[dict[str, str]], office: str, faults: dict[str, str]
) -> None:
    assert plan_faults(summary, steps, office) == faults


@pytest.mark.parametrize(
    ("office", "code"),
    [
        ("賦稅署第一組（總機 02-2322-8000）", ""),
        ("王先生 0912-345-678", "office_private"),
        ("0912345678", "office_private"),
        ("+886 912 345 678", "office_private"),
        ("wang@mof.gov.tw", "office_private"),
        ("長" * 121, "answering_too_long"),
    ],
)
def test_an_office_is_no_person(office: str, code: str) -> None:
    assert office_fault(office) == code


def entry(**more: Any) -> tuple[str, str]:
    given = {
        "reached": True,
        "discussed": "談了",
        "agreed": "",
        "held_at": AT,
        "filed_at": AT - timedelta(days=9),
        "at": AT,
    }
    return contact_fault(**given | more)


def test_what_an_entry_of_the_log_must_be() -> None:
    assert entry() == ("", "")
    assert entry(reached=False, discussed="") == ("", "")
    assert entry(held_at=AT + timedelta(microseconds=1))[0] == "contact_in_future"
    assert entry(held_at=AT - timedelta(days=10))[0] == "contact_too_early"
    assert entry(discussed=" ")[0] == "contact_says_nothing"
    assert entry(reached=False, agreed="好")[0] == "contact_not_reached"
    assert entry(agreed="長" * 4001) == ("answering_too_long", "agreed")


@given(st.sampled_from(["", *Verdict]), st.integers(-10, 10))
def test_minutes_are_public_by_word_or_by_time_and_never_against_the_proposer(
    verdict: str, hours: int
) -> None:
    at = UNTIL + timedelta(hours=hours)
    state = contact_state(reached=True, verdict=verdict, answer_until=UNTIL, at=at)
    if verdict == Verdict.OBJECTED:
        assert state is ContactState.OBJECTED
    elif verdict or hours >= 0:
        assert state is ContactState.PUBLIC
    else:
        assert state is ContactState.WAITING


def test_an_attempt_stays_an_attempt() -> None:
    for at in (AT, UNTIL, UNTIL + timedelta(days=900)):
        state = contact_state(reached=False, verdict="", answer_until=None, at=at)
        assert state is ContactState.ATTEMPT


@pytest.mark.parametrize(
    ("verdict", "statement", "at", "code"),
    [
        ("confirmed", "", AT, ""),
        ("corrected", "少了一項", AT, ""),
        ("corrected", " ", AT, "contact_statement"),
        ("objected", "", AT, ""),
        ("maybe", "", AT, "contact_verdict"),
        ("objected", "長" * 2001, AT, "answering_too_long"),
        ("confirmed", "", UNTIL, "contact_period_over"),
        ("objected", "", UNTIL, ""),
        ("confirmed", "", UNTIL - timedelta(microseconds=1), ""),
    ],
)
def test_the_proposers_word(verdict: str, statement: str, at: datetime, code: str) -> None:
    found = verdict_fault(verdict=verdict, statement=statement, answer_until=UNTIL, at=at)
    assert found[0] == code


def test_what_ends_a_study() -> None:
    allowed = frozenset({"adopted"})
    said = {"done": "已完成現況盤點並召開兩次跨部會會議，費用亦已估算。", "ahead": ""}
    ends = {"ends": True, "allowed": allowed}
    assert post_faults(**said, adoption="adopted", reason="可行", **ends) == {}
    assert post_faults(**said, adoption="under_study", reason="", **ends) == {
        "adoption": "study_adoption",
        "reason": "response_without_reasons",
    }
    goes_on = {"adoption": "", "reason": "", "ends": False, "allowed": allowed}
    assert post_faults(**said, **goes_on) == {}
    assert post_faults(done="短", ahead="長" * 6001, **goes_on) == {
        "done": "post_short",
        "ahead": "answering_too_long",
    }
