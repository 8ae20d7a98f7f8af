"""What waits for an officer: plan, contact and return with their dates; a drafted version without."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from minben.answering import actions
from minben.answering.inboxes import _items
from minben.base.inbox import Item
from minben.kernel.actor import Actor, Role
from tests.db.answering.scenes import AT, OFFICE, STEPS, SUMMARY, answer, contact, officer, plan
from tests.db.answering.scenes import reached_one as reached
from tests.factories import DAY, make_agency, make_staff

pytestmark = pytest.mark.django_db


def waiting(by: Actor) -> list[Item]:
    return sorted(_items(by, AT), key=lambda item: str(item.url))


def test_plan_and_contact_wait_until_they_are_done() -> None:
    proposal, by = reached(), officer()
    call, write = waiting(by)
    assert call.url.endswith(f"/desk/cases/{proposal.case.number}/contacts/")
    assert write.url.endswith(f"/desk/cases/{proposal.case.number}/plan/")
    assert call.due_at is not None
    assert write.due_at is not None
    assert write.due_at < call.due_at
    contact(proposal, by, reached=False)
    assert len(waiting(by)) == 2
    contact(proposal, by)
    plan(proposal, by)
    assert waiting(by) == []


def test_a_return_waits_after_an_answer_under_study() -> None:
    proposal, by = reached(), officer()
    answer(proposal, by, adoption="under_study")
    [item] = waiting(by)
    assert item.url.endswith("/posts/")
    assert item.due_at is not None


def test_a_drafted_version_is_not_forgotten() -> None:
    proposal, by = reached(), officer()
    contact(proposal, by)
    plan(proposal, by)
    actions.draft_plan(
        case_id=proposal.case_id,
        summary=SUMMARY,
        steps=STEPS,
        office=OFFICE,
        revision=0,
        by=by,
        at=AT + DAY,
    )
    [item] = waiting(by)
    assert item.due_at is None


def test_of_another_agency_nothing_waits_and_two_statements_are_enough() -> None:
    for _ in range(3):
        reached()
    assert waiting(make_staff(Role.OFFICER, make_agency("交通部", "motc"))) == []
    by = officer()
    with CaptureQueriesContext(connection) as captured:
        assert len(waiting(by)) == 6
    assert len(captured) == 2
