"""Rounds, places, agendas, courses: what is allowed, as pure rules say it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.meetings.rules import (
    COURSE,
    MeetingState,
    live_url_fault,
    times_fault,
)
from minben.meetings.rules.course import KICKOFF, Slot, agenda_fault, due_at
from minben.meetings.rules.places import ENDORSERS_MAX, ParticipantKind, has_room
from minben.meetings.rules.results import ENDED, STEPS, ActionState
from minben.meetings.rules.topics import PREPARE_DAYS, Standing, ballot_fault, ranked, winners

NOON = datetime(2026, 3, 20, 4, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/live",
        "https://",
        "javascript:alert(1)",
        "https://user:word@example.org/",
        "https://example.org/a b",
        "https://example.org/" + "x" * 300,
    ],
)
def test_only_plain_https_addresses_are_shown(url: str) -> None:
    assert live_url_fault(url) == "meeting_url"


def test_a_stream_address_may_be_missing_or_https() -> None:
    assert live_url_fault("") == ""
    assert live_url_fault("https://example.org/live?v=1") == ""


def test_times_come_together_forward_and_in_the_future() -> None:
    assert times_fault(None, None, NOON) == ""
    assert times_fault(NOON, None, NOON - HOUR) == "meeting_times"
    assert times_fault(None, NOON, NOON - HOUR) == "meeting_times"
    assert times_fault(NOON, NOON, NOON - HOUR) == "meeting_times"
    assert times_fault(NOON, NOON + 13 * HOUR, NOON - HOUR) == "meeting_times"
    assert times_fault(NOON, NOON + HOUR, NOON) == "meeting_past"
    assert times_fault(NOON, NOON + HOUR, NOON - HOUR) == ""


def test_a_meeting_ends_reported_or_called_off() -> None:
    ends = {
        state for state in COURSE.reachable(MeetingState.PLANNED) if not COURSE.acts_from(state)
    }
    assert ends == {MeetingState.REPORTED, MeetingState.CANCELLED}


def test_an_action_ends_released_or_dropped() -> None:
    ends = {state for state in STEPS.reachable(ActionState.OPEN) if not STEPS.acts_from(state)}
    assert ends == ENDED


@given(st.lists(st.integers(0, 5), max_size=8), st.integers(1, 3))
def test_most_votes_win_and_none_without_a_vote(votes: list[int], places: int) -> None:
    topics = [Standing(pk, n, pk) for pk, n in enumerate(votes)]
    won = winners(topics, places)
    assert len(won) <= places
    least = min((votes[pk] for pk in won), default=0)
    for pk, n in enumerate(votes):
        if pk not in won:
            assert n <= least or not won
        else:
            assert n > 0
    if not won:
        assert not any(votes)


def test_of_equals_the_one_nominated_earlier_stands_first() -> None:
    topics = [Standing(7, 2, 7), Standing(3, 2, 3), Standing(5, 3, 5)]
    assert [one.topic_id for one in ranked(topics)] == [5, 3, 7]


@pytest.mark.parametrize(
    ("chosen", "at", "code"),
    [
        ([1], NOON - HOUR, "voting_not_open"),
        ([1], NOON + HOUR, "round_closed"),
        ([], NOON, "ballot_empty"),
        ([1, 1], NOON, "ballot_unknown_topic"),
        ([9], NOON, "ballot_unknown_topic"),
        ([1, 2, 3], NOON, "ballot_too_many"),
        ([1, 2], NOON, ""),
    ],
)
def test_ballots(chosen: list[int], at: datetime, code: str) -> None:
    fault = ballot_fault(
        chosen, topics=[1, 2, 3], most=2, opens_at=NOON, closes_at=NOON + HOUR, at=at
    )
    assert fault == code


counts = st.dictionaries(st.sampled_from(list(ParticipantKind)), st.integers(0, 30))


@given(counts, st.integers(8, 60), st.integers(0, 60), st.booleans())
def test_no_kind_is_seated_beyond_its_room(
    seated: dict[ParticipantKind, int], capacity: int, public: int, petition: bool
) -> None:
    for kind in ParticipantKind:
        if has_room(
            kind, capacity=capacity, public_places=public, seated=seated, petition=petition
        ):
            assert sum(seated.values()) < capacity
            if kind is ParticipantKind.PUBLIC:
                assert seated.get(kind, 0) < public
            if kind is ParticipantKind.ENDORSER:
                assert seated.get(kind, 0) < ENDORSERS_MAX
            if kind is ParticipantKind.PETITIONER:
                assert not seated.get(kind, 0)


def test_officials_cannot_take_what_is_kept_for_the_proposer_and_five_endorsers() -> None:
    given_ = {ParticipantKind.OFFICIAL: 4}
    room = {"capacity": 10, "public_places": 0, "petition": True}
    assert not has_room(ParticipantKind.OFFICIAL, seated=given_, **room)  # type: ignore[arg-type]
    assert has_room(ParticipantKind.ENDORSER, seated=given_, **room)  # type: ignore[arg-type]
    assert has_room(ParticipantKind.PETITIONER, seated=given_, **room)  # type: ignore[arg-type]
    own = room | {"petition": False}
    assert has_room(ParticipantKind.OFFICIAL, seated=given_, **own)  # type: ignore[arg-type]


MEETING = Slot(NOON, NOON + 4 * HOUR)


@pytest.mark.parametrize(
    ("starts", "ends", "code"),
    [
        (0, 1, ""),
        (2, 4, ""),
        (1, 2, "agenda_overlap"),
        (0.5, 1.5, "agenda_overlap"),
        (0, 4, "agenda_overlap"),
        (-1, 1, "agenda_outside"),
        (3, 5, "agenda_outside"),
        (3, 3, "agenda_backwards"),
    ],
)
def test_pieces_of_the_agenda_stand_beside_each_other(
    starts: float, ends: float, code: str
) -> None:
    slot = Slot(NOON + starts * HOUR, NOON + ends * HOUR)
    taken = [Slot(NOON + HOUR, NOON + 2 * HOUR)]
    assert agenda_fault(slot, meeting=MEETING, others=taken) == code


def test_without_a_time_there_is_no_agenda() -> None:
    assert agenda_fault(MEETING, meeting=None, others=[]) == "agenda_without_time"


def test_usual_steps_are_due_before_the_meeting_and_it_is_announced_two_weeks_ahead() -> None:
    assert due_at(NOON, 14) == NOON - timedelta(days=14)
    assert due_at(None, 14) is None
    assert {step.code: step.days for step in KICKOFF}["announce"] == PREPARE_DAYS
