"""Topics: participation officers nominate and vote; what wins becomes a meeting."""

import pytest

from minben.audit.models import Event
from minben.config.jobs import tick
from minben.kernel.actor import SYSTEM, Role
from minben.kernel.refusal import Refusal
from minben.meetings import actions, queries
from minben.meetings.models import Ballot, Choice, Meeting
from minben.meetings.rules import MeetingState
from minben.meetings.rules.topics import Criterion
from tests.db.meetings.scenes import (
    DAY,
    OPEN,
    a_round,
    agency_of,
    nominated,
    officer,
    petition,
    planned,
    vote,
)
from tests.factories import make_agency, make_staff

pytestmark = pytest.mark.django_db
CLOSED = OPEN + 14 * DAY


def test_a_round_from_nomination_to_a_meeting_in_preparation() -> None:
    mof, motc, moi = officer(), officer("motc", "交通部"), officer("moi", "內政部")
    held = a_round(mof)
    first = nominated(held, mof, criteria=[Criterion.ROOM, Criterion.ROOM])
    second = nominated(held, motc)
    assert first.criteria == ["room"]
    vote(held, mof, first, second)
    vote(held, motc, second)
    before = queries.round_seen(held.pk)
    assert before is not None
    assert [line.votes for line in before.topics] == [None, None]  # nobody is told yet
    assert before.ballots == 2
    assert tick(CLOSED)["topic_rounds_counted"] == 1
    assert tick(CLOSED + DAY)["topic_rounds_counted"] == 0
    seen = queries.round_seen(held.pk)
    assert seen is not None
    assert [(line.topic.pk, line.votes) for line in seen.topics] == [(second.pk, 2), (first.pk, 1)]
    assert seen.topics[0].voters == ("財政部", "交通部")
    assert (seen.round.entitled, seen.ballots, seen.turnout) == (3, 2, 66)
    won = seen.topics[0].topic.meeting
    assert won is not None
    assert won.state == MeetingState.PLANNED
    assert won.case_id == second.case_id
    assert won.tasks.count() == 10
    assert not first.won
    assert moi.participates_for


def test_a_secret_vote_leaves_no_trace_of_who_chose_what() -> None:
    by = officer()
    held = a_round(by, secret=True)
    topic = nominated(held, by)
    vote(held, by, topic)
    topic.refresh_from_db()
    assert topic.votes == 1
    assert Ballot.objects.get().agency_id == agency_of(by)
    assert not Choice.objects.exists()
    told = Event.objects.get(kind="meetings.voted")
    assert "topics" not in told.data
    assert "topics" not in told.private
    actions.count_rounds(by=SYSTEM, at=CLOSED)
    seen = queries.round_seen(held.pk)
    assert seen is not None
    assert seen.topics[0].voters == ()


def test_whoever_is_no_participation_officer_is_told_the_rule_and_its_source() -> None:
    by = officer()
    held = a_round(by)
    topic = nominated(held, by)
    for other in (
        make_staff(Role.OFFICER, make_agency()),
        make_staff(Role.LEAD, make_agency()),
        make_staff(Role.ADMINISTRATOR),
    ):
        with pytest.raises(Refusal) as refused:
            vote(held, other, topic, agency_id=make_agency().pk)
        assert refused.value.code == "not_participation_officer"
        assert "開放政府聯絡人實施要點" in refused.value.basis
    assert not Ballot.objects.exists()


def test_nobody_votes_for_another_agency_or_another_government() -> None:
    by = officer()
    held = a_round(by)
    topic = nominated(held, by)
    taipei = make_staff(Role.PARTICIPATION, make_agency("臺北市民政局", "tp-civil", "taipei"))
    for other, agency_id in (
        (officer("motc", "交通部"), agency_of(by)),
        (taipei, agency_of(taipei)),
    ):
        with pytest.raises(Refusal, match="not_participation_officer"):
            vote(held, other, topic, agency_id=agency_id)


def test_two_officers_of_one_agency_have_one_ballot() -> None:
    one, other = officer(), officer()
    held = a_round(one)
    topic = nominated(held, one)
    vote(held, one, topic)
    with pytest.raises(Refusal, match="voted_already"):
        vote(held, other, topic)
    topic.refresh_from_db()
    assert topic.votes == 1


def test_a_case_that_never_reached_and_a_case_with_a_meeting_can_win() -> None:
    by, proposal = officer(), petition()
    planned(proposal=proposal)
    held = a_round(by)
    topic = nominated(held, by, case_id=proposal.case_id)
    vote(held, by, topic)
    actions.count_rounds(by=SYSTEM, at=CLOSED)
    assert Meeting.objects.filter(case=proposal.case_id).count() == 2


def test_without_a_vote_nothing_wins() -> None:
    by = officer()
    held = a_round(by)
    nominated(held, by)
    actions.count_rounds(by=SYSTEM, at=CLOSED)
    assert not Meeting.objects.exists()
    held.refresh_from_db()
    assert held.counted_at == CLOSED


def test_a_topic_whose_case_is_hidden_is_not_shown() -> None:
    from minben.proposals.models import Proposal

    by, proposal = officer(), petition()
    held = a_round(by)
    nominated(held, by, case_id=proposal.case_id)
    Proposal.objects.filter(pk=proposal.pk).update(state="checking", opens_at=None, closes_at=None)
    seen = queries.round_seen(held.pk)
    assert seen is not None
    assert seen.topics == ()
