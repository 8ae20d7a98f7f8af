"""The handling plan: drafted without losing text, published version by version, ends its clock."""

from datetime import timedelta

import pytest

from minben.answering import actions
from minben.answering.models import Plan
from minben.audit.models import Event
from minben.casework.models import Deadline
from minben.kernel.actor import Role
from minben.kernel.refusal import Refusal
from minben.notify.models import Notice
from tests.db.answering.scenes import (
    AT,
    OFFICE,
    STEPS,
    SUMMARY,
    answer,
    officer,
    plan,
    reached_one,
)
from tests.factories import DAY, accept_one, file_one, make_agency, make_staff

pytestmark = pytest.mark.django_db


def clock(case_id: int) -> Deadline:
    return Deadline.objects.get(case_id=case_id, kind="handling_plan")


def test_publishing_ends_the_clock_and_tells_proposer_and_public() -> None:
    proposal, by = reached_one(), officer()
    made = plan(proposal, by)
    assert (made.version, made.published_at) == (1, AT)
    assert (clock(proposal.case_id).outcome, clock(proposal.case_id).missed_at) == ("met", None)
    [letter] = Notice.objects.filter(kind="answering.plan_published")
    assert letter.recipient == f"person:{proposal.proposer_id}"
    assert letter.context["steps"] == STEPS
    [event] = Event.objects.filter(kind="answering.plan_published")
    assert event.data["agency"]["zh"] == "財政部"
    assert event.case_id == proposal.case_id


def test_a_plan_that_comes_late_is_late() -> None:
    proposal, by = reached_one(), officer()
    plan(proposal, by, AT + 10 * DAY)
    row = clock(proposal.case_id)
    assert (row.outcome, row.missed_at) == ("met", row.due_at)


def test_a_later_version_stands_beside_the_first() -> None:
    proposal, by = reached_one(), officer()
    first = plan(proposal, by)
    second = plan(proposal, by, AT + DAY, SUMMARY + "另加一場說明會。")
    first.refresh_from_db()
    assert (first.version, second.version) == (1, 2)
    assert first.summary == SUMMARY
    assert Notice.objects.filter(kind="answering.plan_published").count() == 2


def test_two_writers_do_not_overwrite_each_other() -> None:
    proposal, by = reached_one(), officer()
    given = {"case_id": proposal.case_id, "steps": [], "office": "", "by": by, "at": AT}
    actions.draft_plan(summary="先存", revision=0, **given)
    with pytest.raises(Refusal) as caught:
        actions.draft_plan(summary="後存", revision=0, **given)
    assert caught.value.code == "draft_changed"
    assert Plan.objects.get().summary == "先存"
    actions.draft_plan(summary="合併", revision=1, **given)
    with pytest.raises(Refusal) as caught:
        actions.publish_plan(case_id=proposal.case_id, revision=1, by=by, at=AT)
    assert caught.value.code == "draft_changed"


def test_a_draft_with_gaps_is_kept_and_not_published() -> None:
    proposal, by = reached_one(), officer()
    actions.draft_plan(
        case_id=proposal.case_id, summary="", steps=[], office="", revision=0, by=by, at=AT
    )
    with pytest.raises(Refusal) as caught:
        actions.publish_plan(case_id=proposal.case_id, revision=1, by=by, at=AT)
    assert (caught.value.code, caught.value.field) == ("plan_summary_short", "summary")
    assert "第7日" in caught.value.basis
    assert clock(proposal.case_id).outcome == "open"


def test_only_the_lead_of_a_case_that_reached_plans_and_only_before_the_answer() -> None:
    proposal, by = reached_one(), officer()
    other = make_staff(Role.OFFICER, make_agency("交通部", "motc"))
    given = {"summary": SUMMARY, "steps": STEPS, "office": OFFICE, "revision": 0}
    with pytest.raises(Refusal, match="not_lead_agency"):
        actions.draft_plan(case_id=proposal.case_id, by=other, at=AT, **given)
    early = accept_one(file_one(agencies=(make_agency(),)))
    with pytest.raises(Refusal, match="case_not_reached"):
        actions.draft_plan(case_id=early.case_id, by=by, at=AT, **given)
    answer(proposal, by)
    with pytest.raises(Refusal, match="plan_after_answer"):
        actions.draft_plan(case_id=proposal.case_id, by=by, at=AT + timedelta(hours=1), **given)
