"""The whole life of a proposal through its actions."""

import pytest

from minben.casework import actions as casework
from minben.kernel.actor import SYSTEM, Role
from minben.proposals import actions as proposals
from minben.proposals.models import Proposal
from minben.proposals.rules import State
from tests.factories import (
    DAY,
    DAY0,
    accept_one,
    actor,
    endorse,
    file_one,
    make_agency,
    make_person,
    make_staff,
)

pytestmark = pytest.mark.django_db


def test_reaches_at_the_threshold_and_is_answered() -> None:
    mof = make_agency()
    officer = make_staff(Role.OFFICER, mof)
    proposal = accept_one(file_one(agencies=(mof,)))
    Proposal.objects.filter(pk=proposal.pk).update(threshold=3)
    at = proposal.opens_at
    for n in range(3):
        endorse(proposal_id=proposal.pk, by=actor(make_person()), at=at + n * DAY)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.endorsed) == (State.REACHED, 3)
    assert proposal.reached_at == at + 2 * DAY
    blocks = dict.fromkeys(("analysis", "deliberation", "adoption_reason", "follow_up"), "已研議。")
    draft = casework.draft_response(
        case_id=proposal.case_id, blocks=blocks, adoption="adopted", revision=0, by=officer, at=at
    )
    proposals.publish_answer(
        proposal_id=proposal.pk, revision=draft.revision, by=officer, at=at + 9 * DAY
    )
    proposal.refresh_from_db()
    assert proposal.state == State.ANSWERED


def test_lapses_once_when_the_window_closes() -> None:
    proposal = accept_one(file_one())
    assert proposals.close_due(by=SYSTEM, at=DAY0 + 30 * DAY) == 0
    assert proposals.close_due(by=SYSTEM, at=DAY0 + 62 * DAY) == 1
    assert proposals.close_due(by=SYSTEM, at=DAY0 + 62 * DAY) == 0
    proposal.refresh_from_db()
    assert proposal.state == State.LAPSED
