"""Many people at once: five endorsers and no sixth, no seat twice, one ballot of an agency."""

from functools import partial

import pytest

from minben.kernel.actor import Actor
from minben.meetings import actions
from minben.meetings.models import Ballot, Registration
from minben.meetings.rules.places import ParticipantKind
from minben.proposals.models import Proposal
from tests.db.crowd import at_once, crowd, outcomes
from tests.db.meetings.scenes import (
    OPEN,
    a_round,
    announced,
    endorse,
    invited,
    nominated,
    officer,
    register,
    vote,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_forty_endorsers_at_once_and_exactly_five_have_places() -> None:
    meeting = invited()
    proposal = Proposal.objects.get(case=meeting.case_id)
    people = crowd(40)
    for by in people:
        assert proposal.opens_at
        endorse(proposal_id=proposal.pk, by=by, at=proposal.opens_at)
    results = at_once([partial(register, meeting, by) for by in people])
    assert all(isinstance(one, Registration) for one in results), outcomes(results)
    rows = Registration.objects.filter(meeting=meeting)
    assert sorted(rows.filter(state="seated").values_list("quota", flat=True)) == [1, 2, 3, 4, 5]
    queue = sorted(rows.filter(state="waiting").values_list("queue", flat=True))
    assert queue == list(range(1, 36))


def test_while_some_give_up_and_others_come_no_seat_is_given_twice_or_left_empty() -> None:
    meeting = announced(public_places=10)
    first, later = crowd(15), crowd(15)
    rows = [register(meeting, by, ParticipantKind.PUBLIC) for by in first]

    def leave(place: int, by: Actor) -> object:
        return actions.give_up(registration_id=rows[place].pk, by=by, at=OPEN)

    acts = [partial(leave, place, by) for place, by in enumerate(first[:8])]
    acts += [partial(register, meeting, by, ParticipantKind.PUBLIC) for by in later]
    results = at_once(acts)
    assert all(isinstance(one, Registration) for one in results), outcomes(results)
    seated = Registration.objects.filter(meeting=meeting, state="seated")
    assert sorted(seated.values_list("seat", flat=True)) == list(range(1, 11))
    waiting = Registration.objects.filter(meeting=meeting, state="waiting")
    assert waiting.count() == 30 - 8 - 10


def test_ten_officers_of_one_agency_at_once_cast_one_ballot() -> None:
    officers = [officer() for _ in range(10)]
    held_round = a_round(officers[0])
    topic = nominated(held_round, officers[0])
    results = at_once([partial(vote, held_round, by, topic) for by in officers])
    assert sum(isinstance(one, Ballot) for one in results) == 1, outcomes(results)
    topic.refresh_from_db()
    assert topic.votes == 1
