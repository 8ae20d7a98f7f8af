"""Extending the time for an answer: the same deadline moves, once, in time, in public."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from minben.audit.models import Event
from minben.casework.models import Deadline, Extension
from minben.config.jobs import tick
from minben.kernel.actor import Actor, Role
from minben.kernel.refusal import Refusal
from minben.notify.models import Mailing, Notice
from minben.proposals import actions as proposals
from minben.proposals.models import Proposal
from minben.proposals.rules import State, stage_of
from tests.factories import (
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
WHY = "須跨部會協商，並召開二次公聽會蒐集各界意見後再行回應。"
LAST = datetime(2026, 5, 4, 15, 59, 59, tzinfo=UTC)  # 23:59:59 in Taipei on the last day
DUE = datetime(2026, 5, 4, 16, 0, tzinfo=UTC)
MOST = date(2026, 7, 4)


def reached_one() -> Proposal:
    """It reached on 4 March 2026: the answer is due by the end of 4 May."""
    proposal = accept_one(file_one(agencies=(make_agency(),)))
    Proposal.objects.filter(pk=proposal.pk).update(threshold=2)
    for hours in (48, 49):
        at = DAY0 + timedelta(hours=hours)
        endorse(proposal_id=proposal.pk, by=actor(make_person()), at=at)
    proposal.refresh_from_db()
    assert proposal.response_due_at == DUE
    return proposal


def officer() -> Actor:
    return make_staff(Role.OFFICER, make_agency())


def extend(
    proposal: Proposal, until: date = MOST, at: datetime = LAST, by: Actor | None = None
) -> Extension:
    return proposals.extend_response(
        proposal_id=proposal.pk, until=until, reason=f" {WHY} ", by=by or officer(), at=at
    )


def answer_of(proposal: Proposal) -> Deadline:
    return Deadline.objects.get(case_id=proposal.case_id, kind="response")


def stage(proposal: Proposal, at: datetime) -> str:
    proposal.refresh_from_db()
    return stage_of(
        State(proposal.state),
        at,
        opens_at=proposal.opens_at,
        closes_at=proposal.closes_at,
        response_due_at=proposal.response_due_at,
    )


def test_filed_a_second_before_midnight_it_moves_the_same_deadline() -> None:
    proposal = reached_one()
    before = answer_of(proposal)
    extension = extend(proposal)
    after = answer_of(proposal)
    assert after.pk == before.pk
    assert (after.base_due_at, after.due_at) == (DUE, datetime(2026, 7, 4, 16, tzinfo=UTC))
    proposal.refresh_from_db()
    assert proposal.response_due_at == after.due_at
    assert (extension.reason, extension.from_due_at) == (WHY, DUE)
    assert extension.latest_due_at == after.due_at


def test_it_is_told_in_public_with_the_reason_and_the_rule() -> None:
    proposal = reached_one()
    extend(proposal, date(2026, 6, 1))
    [event] = Event.objects.filter(kind="casework.deadline_extended", case_id=proposal.case_id)
    assert event.at == LAST
    assert event.data["reason"] == WHY
    assert "二個月為限" in event.data["basis"]
    assert (event.data["from"], event.data["to"]) == (
        DUE.isoformat(),
        datetime(2026, 6, 1, 16, tzinfo=UTC).isoformat(),
    )
    assert event.data["agency"]["zh"] == "財政部"


def test_proposer_and_endorsers_are_told() -> None:
    proposal = reached_one()
    extend(proposal)
    [letter] = Notice.objects.filter(kind="proposals.extended")
    assert letter.recipient == f"person:{proposal.proposer_id}"
    assert letter.context["due"] == "2026-07-04"
    assert Mailing.objects.filter(kind="proposals.extended").count() == 1


def test_the_case_is_overdue_only_after_the_new_last_day() -> None:
    proposal = reached_one()
    extend(proposal)
    later = datetime(2026, 7, 4, 15, 59, tzinfo=UTC)
    tick(later)
    assert answer_of(proposal).missed_at is None
    assert stage(proposal, later) == "reached"
    tick(later + timedelta(minutes=1))
    row = answer_of(proposal)
    assert row.missed_at == row.due_at == datetime(2026, 7, 4, 16, tzinfo=UTC)
    assert stage(proposal, later + timedelta(minutes=1)) == "overdue"


@pytest.mark.parametrize("ticked", [True, False])
def test_at_the_due_instant_it_is_refused_and_the_case_stays_overdue(ticked: bool) -> None:
    proposal = reached_one()
    if ticked:
        tick(DUE)
    with pytest.raises(Refusal) as caught:
        extend(proposal, at=DUE)
    assert caught.value.code == "extension_late"
    assert "二個月為限" in caught.value.basis
    assert not Extension.objects.exists()
    assert stage(proposal, DUE) == "overdue"


def test_it_is_extended_once_only() -> None:
    proposal = reached_one()
    extend(proposal, date(2026, 6, 1))
    with pytest.raises(Refusal, match="extension_twice"):
        extend(proposal, date(2026, 6, 30))
    assert answer_of(proposal).due_at == datetime(2026, 6, 1, 16, tzinfo=UTC)


def test_only_the_lead_agency_may() -> None:
    proposal = reached_one()
    stranger = make_staff(Role.OFFICER, make_agency("交通部", "motc"))
    for by in (stranger, make_staff(Role.ADMINISTRATOR), actor(make_person())):
        with pytest.raises(Refusal, match="not_lead_agency"):
            extend(proposal, by=by)


def test_only_what_awaits_an_answer_has_one_to_extend() -> None:
    proposal = accept_one(file_one(agencies=(make_agency(),)))
    with pytest.raises(Refusal, match="not_answerable"):
        extend(proposal)


def test_an_extension_is_never_changed() -> None:
    extension = extend(reached_one())
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Extension.objects.filter(pk=extension.pk).update(reason="另有理由")
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            Extension.objects.filter(pk=extension.pk).delete()


@pytest.mark.parametrize(
    ("broken", "constraint"),
    [
        ({"to_due_at": DUE}, "casework_extension_forward"),
        ({"latest_due_at": DUE + timedelta(days=1)}, "casework_extension_within"),
        ({"at": DUE}, "casework_extension_in_time"),
        ({"reason": ""}, "casework_extension_reasoned"),
    ],
)
def test_the_database_refuses_what_the_rule_refuses(
    broken: dict[str, Any], constraint: str
) -> None:
    proposal = reached_one()
    whole: dict[str, Any] = {
        "deadline": answer_of(proposal),
        "from_due_at": DUE,
        "to_due_at": DUE + timedelta(days=5),
        "latest_due_at": DUE + timedelta(days=60),
        "reason": WHY,
        "basis": "依據",
        "at": LAST,
        "by": "person:1",
    }
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Extension.objects.create(**whole | broken)
