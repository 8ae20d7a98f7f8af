"""The database itself refuses states that don't exist and halves of what belongs together."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from minben.assigning.models import Precedent, PrecedentGram
from minben.audit.models import Event
from minben.casework.models import Case, CaseAgency, Deadline, Response
from minben.discussion.models import Report
from minben.notify.models import Mailing, Mute, Notice, SandboxMessage
from minben.operations.models import Switch
from minben.people import actions as people
from minben.people.models import BoundNumber, Closing, CounterConfirmation, RoleGrant
from minben.proposals import actions as proposals
from minben.proposals.models import Appeal, Draft, Endorsement
from tests.db.refused import REASON, checker, citizen, hidden_one, open_one
from tests.db.refused.by_casework import officer, pause, publish, respond
from tests.db.refused.by_people import at_counter, cover, report, say, unconfirmed
from tests.factories import DAY, DAY0, actor, endorse, file_one, make_person

pytestmark = pytest.mark.django_db


def a_draft() -> Draft:
    by = citizen()
    return proposals.begin_draft(jurisdiction_code="ey", by=by, at=DAY0)


def a_response() -> Response:
    proposal, by = open_one(), officer()
    respond(proposal, by)
    publish(proposal, by, 1)
    return Response.objects.get(case_id=proposal.case_id)


def an_appeal() -> Appeal:
    user, proposal, _ = hidden_one()
    return proposals.appeal(proposal_id=proposal.pk, text=REASON * 2, by=actor(user), at=DAY0)


def a_report() -> Report:
    report(say(), citizen())
    return Report.objects.get()


def an_endorsement() -> Endorsement:
    proposal = open_one()
    return endorse(proposal_id=proposal.pk, by=citizen(), at=proposal.opens_at)


def a_confirmation() -> CounterConfirmation:
    at_counter(unconfirmed())
    return CounterConfirmation.objects.get()


def a_message() -> SandboxMessage:
    return SandboxMessage.objects.create(channel="sms", at=DAY0, to="x", body="…")


def a_closing() -> Closing:
    return people.close_account(keep_comments=False, by=actor(make_person()), at=DAY0)


def a_switch() -> Switch:
    return Switch.objects.create(service="mail")


def a_mailing() -> Mailing:
    return Mailing.objects.create(
        kind="proposals.answered",
        fact="answer:1",
        version=1,
        audience="endorsers",
        ref=1,
        begun_at=DAY0,
    )


def a_mute() -> Mute:
    return Mute.objects.create(recipient="person:1", case_id=1, number="2026-000001", at=DAY0)


def a_gram() -> PrecedentGram:
    case = file_one().case
    precedent = Precedent.objects.create(
        case=case,
        jurisdiction_id=case.jurisdiction_id,
        leads=[],
        since=DAY0.date(),
        archived=False,
        norm=1,
    )
    return PrecedentGram.objects.create(precedent=precedent, gram="行人", weight=1000)


FORBIDDEN: list[tuple[Callable[[], models.Model], dict[str, Any]]] = [
    (make_person, {"residency": "tourist"}),
    (make_person, {"residency": ""}),
    (make_person, {"residency_declared_at": None}),
    (make_person, {"confirmed_by": "rumour"}),
    (make_person, {"confirmed_by": ""}),
    (make_person, {"confirmed_at": None}),
    (make_person, {"erased_at": DAY0}),
    (a_closing, {"due_at": DAY0}),
    (cover, {"kind": "whim"}),
    (cover, {"until": DAY0}),
    (cover, {"ended_at": DAY0}),
    (cover, {"ended_by": "person:1"}),
    (a_mailing, {"done_at": DAY0, "cancelled_at": DAY0}),
    (a_draft, {"codraft_from": DAY0}),
    (a_draft, {"codraft_until": DAY0}),
    (a_draft, {"codraft_from": DAY0, "codraft_until": DAY0}),
    (file_one, {"state": "archived"}),
    (file_one, {"state": "endorsing"}),
    (file_one, {"state": "reached"}),
    (file_one, {"state": "withdrawn"}),
    (file_one, {"opens_at": DAY0}),
    (file_one, {"closes_at": DAY0}),
    (file_one, {"reached_at": DAY0}),
    (file_one, {"answered_at": DAY0}),
    (file_one, {"adoption": "perhaps"}),
    (file_one, {"withdraw_reason": REASON}),
    (open_one, {"opens_at": None}),
    (open_one, {"closes_at": None}),
    (open_one, {"closes_at": DAY0 - DAY}),
    (lambda: file_one().check_record, {"accepted": True}),
    (lambda: file_one().check_record, {"decided_at": DAY0}),
    (lambda: file_one().check_record, {"decided_by": "person:1"}),
    (lambda: file_one().check_record, {"accepted": False, "decided_at": DAY0, "decided_by": "x"}),
    (lambda: open_one().check_record, {"decided_by": ""}),
    (lambda: file_one().check_record, {"locked_by_id": 1}),
    (an_appeal, {"upheld": True}),
    (an_appeal, {"decided_at": DAY0}),
    (an_appeal, {"reason": REASON}),
    (an_endorsement, {"person": None}),
    (an_endorsement, {"archive_number": 7}),
    (lambda: Case.objects.get(pk=file_one().case_id), {"closed_at": DAY0 - DAY}),
    (lambda: CaseAgency.objects.filter(case=open_one().case).get(), {"role": "friend"}),
    (lambda: Deadline.objects.get(case=file_one().case), {"kind": "whenever"}),
    (lambda: Deadline.objects.get(case=file_one().case), {"outcome": "met"}),
    (lambda: Deadline.objects.get(case=file_one().case), {"outcome_at": DAY0}),
    (lambda: Deadline.objects.get(case=file_one().case), {"due_at": DAY0}),
    (lambda: pause(DAY0, DAY0 + DAY), {"ends_at": DAY0}),
    (a_response, {"published_by": ""}),
    (a_response, {"published_at": None}),
    (a_response, {"adoption": ""}),
    (a_response, {"adoption": "perhaps"}),
    (a_response, {"analysis": ""}),
    (say, {"side": "both"}),
    (say, {"hidden_at": DAY0}),
    (say, {"hidden_by": "person:1"}),
    (say, {"hide_reason": REASON}),
    (say, {"removed_at": DAY0}),
    (a_report, {"settled_at": DAY0}),
    (a_report, {"settled_by": "person:1"}),
    (a_message, {"channel": "fax"}),
    (a_confirmation, {"clerk_id": "user_id"}),
    (a_switch, {"service": "weather"}),
    (a_switch, {"stopped": True}),
    (a_switch, {"changed_by": "person:1"}),
    (a_switch, {"changed_at": DAY0}),
]


@pytest.mark.parametrize(("make", "change"), FORBIDDEN)
def test_what_may_not_be_is_refused_by_the_database(
    make: Callable[[], models.Model], change: dict[str, Any]
) -> None:
    row = make()
    if change == {"clerk_id": "user_id"}:
        change = {"clerk_id": row.user_id}  # type: ignore[attr-defined]
    rows = type(row)._default_manager.filter(pk=row.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**change)
    assert rows.exists()


def twice(row: models.Model, **changes: Any) -> None:
    """Write the same row a second time, under a number of its own."""
    row.pk = None
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(force_insert=True)


TWINS: list[tuple[Callable[[], models.Model], dict[str, Any]]] = [
    (an_endorsement, {"number": 2}),
    (lambda: an_endorsement(), {"person": None, "archive_number": 1}),
    (an_appeal, {}),
    (lambda: file_one().check_record, {}),
    (lambda: Deadline.objects.get(case=file_one().case), {}),
    (a_response, {}),
    (lambda: Notice.objects.filter(recipient=f"person:{open_one().proposer_id}").get(), {}),
    (a_report, {}),
    (a_mailing, {}),
    (a_mute, {}),
    (a_gram, {}),
    (lambda: BoundNumber.objects.get(user=make_person()), {}),
    (lambda: RoleGrant.objects.get(user_id=checker().person_id), {}),
]


@pytest.mark.parametrize(("make", "changes"), TWINS)
def test_what_is_once_is_once(make: Callable[[], models.Model], changes: dict[str, Any]) -> None:
    row = make()
    with pytest.raises(IntegrityError), transaction.atomic():
        twice(row, **changes)


def test_the_record_cannot_be_changed() -> None:
    file_one()
    first = Event.objects.order_by("pk").first()
    assert first is not None
    with pytest.raises((IntegrityError, Exception), match="append-only"), transaction.atomic():
        Event.objects.filter(pk=first.pk).update(actor="somebody else")
    if connection.vendor == "postgresql":
        with pytest.raises(Exception, match="append-only"), transaction.atomic():
            first.delete()


def test_nothing_else_was_forgotten() -> None:
    """Every table with a constraint of ours has a forbidden row above."""
    tried = set()
    for make in {make for make, _ in (*FORBIDDEN, *TWINS)}:
        with transaction.atomic():
            tried.add(type(make()).__name__)
            transaction.set_rollback(True)
    ours = {
        model.__name__
        for model in apps.get_models()
        if model.__module__.startswith("minben.") and model._meta.constraints
    }
    elsewhere = {"Campaign", "CampaignEndorsement", "CampaignAppeal"}  # in proposals/
    elsewhere |= {"Extension", "Reminder"}  # in casework/
    elsewhere |= {"Offer"}  # in assigning/
    elsewhere |= {"Wish", "ReturnedAddress"}  # in notify/
    elsewhere |= {"Phrase", "PhraseVersion"}  # in phrases/
    elsewhere |= {"Demand", "SplitVersion", "Correction", "DraftText"}  # in demands/
    elsewhere |= {"ClearanceAct", "Disposition"}  # in demands/
    elsewhere |= {
        "Plan",
        "Contact",
        "Post",
        "Correction",
        "Survey",
        "SurveyAnswer",
    }  # in answering/
    elsewhere |= {"Study", "Group", "Step", "Finding", "Fix", "Retest"}  # in findings/
    elsewhere |= {"Process", "Statement"}  # in ladder/
    elsewhere |= {"Meeting", "Registration", "KickoffTask", "AgendaItem", "TrackedAction"}
    elsewhere |= {"ActionUpdate", "TopicRound", "Topic", "Ballot", "Choice"}  # in meetings/
    elsewhere |= {"Worksheet", "SheetVersion", "Question", "QuestionVote", "Concept"}
    elsewhere |= {"Transcript", "Speaker", "Turn", "Redaction"}  # in proceedings/
    elsewhere |= {"Tree", "Leaf", "Node", "Opening", "Claimed", "Cosignature"}  # in ledger/
    elsewhere |= {"Unit", "UnitAlias", "UnitGroup", "Membership", "Source", "Indicator", "Break"}
    elsewhere |= {"Intake", "IntakeFile", "Observation", "Method", "StoredRun", "RunSource"}
    elsewhere |= {"Claim"}  # in indicators/
    assert ours - tried - elsewhere <= {"Agency", "RuleSet", "StoredFile", "CurvePoint", "Gram"}
