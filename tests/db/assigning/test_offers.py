"""Being asked, accepting, disputing; two that refuse lead jointly, and the answer stays owed."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from minben.assigning import actions
from minben.assigning.models import Offer
from minben.assigning.queries.offers import handovers, still_asked, waiting_for
from minben.assigning.rules.offers import Answer, Step
from minben.audit import queries as audit
from minben.casework import actions as casework
from minben.casework.models import CaseAgency, Deadline
from minben.casework.permissions import may_answer
from minben.kernel.actor import SYSTEM, Actor, ActorKind, Grant, Role
from minben.kernel.refusal import Refusal
from minben.notify.models import Notice
from minben.people import actions as people
from minben.proposals import actions as proposals
from minben.proposals.models import Proposal
from minben.proposals.queries.desk import answered_by, awaiting_response
from tests.db.assigning.handing import AT, REASON, Asked, asked
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
LATER = AT + timedelta(hours=1)


def dispute(case: Asked, proposed: str = "") -> Step:
    return actions.dispute_offer(
        offer_id=case.offer().pk, reason=REASON, proposed=proposed, by=case.one, at=LATER
    )


def kinds(case: Asked) -> list[str]:
    return [event.kind for event in audit.public_history(case.proposal.case_id)]


def told(kind: str) -> set[str]:
    return set(Notice.objects.filter(kind=f"assigning.{kind}").values_list("recipient", flat=True))


def test_who_is_named_is_asked_and_told() -> None:
    case = asked()
    offer = case.offer()
    assert (offer.answer, offer.role, offer.offered_by) == (Answer.OPEN, "lead", case.admin.id)
    assert still_asked(offer.pk)
    assert audit.of_kind("assigning.offered", 5)[0].data["agencies"][0]["role"] == "lead"
    # Its people came after the letter; whoever was there is told.
    person = people_of = make_staff(Role.PARTICIPATION, case.second)
    proposals.name_agencies(
        proposal_id=case.proposal.pk,
        agency_ids=[case.first.pk, case.second.pk],
        by=case.admin,
        at=LATER,
    )
    assert {person.id, case.two.id} == told("offered") - {case.one.id}
    assert people_of.participates_for == {case.second.pk}
    assert case.offer(case.second).role == "assist"


def test_who_answered_is_not_asked_again_and_keeps_its_day() -> None:
    case = asked()
    actions.accept_offer(offer_id=case.offer().pk, by=case.one, at=LATER)
    proposals.name_agencies(
        proposal_id=case.proposal.pk,
        agency_ids=[case.first.pk, case.second.pk],
        by=case.admin,
        at=LATER + DAY,
    )
    assert Offer.objects.filter(agency=case.first).count() == 1
    since = dict(CaseAgency.objects.values_list("agency__code", "since"))
    assert since == {"mof": AT, "motc": LATER + DAY}


def test_what_the_proposer_named_is_asked_with_the_acceptance_once() -> None:
    first = make_agency()
    proposal = file_one(agencies=(first,))
    assert not Offer.objects.exists()
    accept_one(proposal)
    assert [row.agency_id for row in Offer.objects.all()] == [first.pk]
    with pytest.raises(Refusal, match="not_permitted"):
        actions.offer_named(case_id=proposal.case_id, by=actor(make_person()), at=AT)
    actions.offer_named(case_id=proposal.case_id, by=make_staff(Role.ADMINISTRATOR), at=AT)
    assert Offer.objects.count() == 1


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEAD, Role.PARTICIPATION])
def test_officers_leads_and_participation_officers_accept(role: Role) -> None:
    case = asked(role)
    offer = actions.accept_offer(offer_id=case.offer().pk, by=case.one, at=LATER)
    offer.refresh_from_db()
    assert (offer.answer, offer.answered_by) == (Answer.ACCEPTED, case.one.id)
    assert offer.settled_at == LATER
    assert case.parts == [("lead", "mof")]
    assert kinds(case)[-1] == "assigning.accepted"


def test_others_can_neither_accept_nor_dispute() -> None:
    case = asked()
    deputy = actor(make_person(), Grant(Role.OFFICER, case.first.pk, of=case.one.person_id))
    strangers = (case.two, case.admin, make_staff(Role.CHECKER), actor(make_person()), SYSTEM)
    for by in strangers:
        with pytest.raises(Refusal, match="offer_not_yours"):
            actions.accept_offer(offer_id=case.offer().pk, by=by, at=LATER)
        with pytest.raises(Refusal, match="offer_not_yours"):
            actions.dispute_offer(offer_id=case.offer().pk, reason=REASON, by=by, at=LATER)
    assert case.offer().answer == Answer.OPEN
    actions.accept_offer(offer_id=case.offer().pk, by=deputy, at=LATER)


def test_a_dispute_that_names_nobody_goes_to_the_platform() -> None:
    case = asked()
    assert dispute(case) is Step.DECISION
    offer = case.offer()
    assert (offer.answer, offer.reason, offer.settled_at) == (Answer.DISPUTED, REASON, None)
    assert (offer.escalated_at, offer.escalated_by) == (LATER, case.one.id)
    assert case.parts == [("lead", "mof")]  # no duty is ever nobody's
    assert told("escalated") == {case.admin.id}
    event = audit.public_history(case.proposal.case_id)[-1]
    assert event.data["reason"] == REASON
    assert event.actor_label == "財政部"


def test_a_dispute_that_names_another_passes_it_on() -> None:
    case = asked()
    assert dispute(case, "交通部") is Step.PASSED_ON
    passed = case.offer(case.second)
    assert (passed.after_id, passed.answer, passed.role) == (case.offer().pk, Answer.OPEN, "lead")
    assert case.two.id in told("offered")
    assert case.parts == [("lead", "mof")]
    actions.accept_offer(offer_id=passed.pk, by=case.two, at=LATER)
    assert case.parts == [("lead", "motc")]
    assert case.offer().settled_at == LATER
    case.proposal.case.refresh_from_db()
    assert case.proposal.case.lead_id == case.second.pk
    assert case.proposal.case.agency_names == ["交通部"]
    assert told("settled") == {case.one.id}
    accepted = audit.public_history(case.proposal.case_id)[-1].data
    assert (accepted["agency"]["code"], accepted["from"]["code"]) == ("motc", "mof")


def test_two_that_refuse_lead_jointly_and_both_may_answer() -> None:
    case = asked()
    proposal = case.proposal
    dispute(case, "motc")
    step = actions.dispute_offer(
        offer_id=case.offer(case.second).pk, reason=REASON, by=case.two, at=LATER
    )
    assert step is Step.JOINT
    assert case.parts == [("lead", "mof"), ("lead", "motc")]
    assert kinds(case)[-3:] == ["assigning.disputed", "assigning.disputed", "assigning.joint"]
    assert not Offer.objects.filter(settled_at=None).exists()
    assert told("settled") == {case.one.id, case.two.id}
    proposal.case.refresh_from_db()
    assert proposal.case.lead_id == case.first.pk
    for by in (case.one, case.two):
        assert may_answer(by, proposal.case)
    assert not may_answer(make_staff(Role.OFFICER, make_agency("內政部", "moi")), proposal.case)
    assert not may_answer(make_staff(Role.PARTICIPATION, case.second), proposal.case)


def test_joint_leads_owe_one_answer_which_both_see_and_are_told_of() -> None:
    case = asked()
    proposal = case.proposal
    dispute(case, "motc")
    actions.dispute_offer(offer_id=case.offer(case.second).pk, reason=REASON, by=case.two, at=LATER)
    Proposal.objects.filter(pk=proposal.pk).update(threshold=1)
    endorse(proposal_id=proposal.pk, by=actor(make_person()), at=AT + DAY)
    assert set(
        Notice.objects.filter(kind="proposals.reached_agency").values_list("recipient", flat=True)
    ) == {case.one.id, case.two.id}
    assert Deadline.objects.get(kind="response").agency_id == case.first.pk
    for agency in (case.first, case.second):
        assert [row.pk for row in awaiting_response([agency.pk])] == [proposal.pk]
    assert not awaiting_response([make_agency("內政部", "moi").pk])
    assert not answered_by([case.second.pk])
    draft = casework.draft_response(
        case_id=proposal.case_id,
        blocks={"analysis": "研析中。"},
        adoption="",
        revision=0,
        by=case.two,
        at=AT + DAY,
    )
    assert draft.agency_id == case.first.pk


def test_a_running_answer_falls_due_from_whoever_takes_over() -> None:
    case = asked()
    Proposal.objects.filter(pk=case.proposal.pk).update(threshold=1)
    endorse(proposal_id=case.proposal.pk, by=actor(make_person()), at=AT + DAY)
    dispute(case, "motc")
    before = Deadline.objects.get(kind="response")
    actions.accept_offer(offer_id=case.offer(case.second).pk, by=case.two, at=AT + 2 * DAY)
    after = Deadline.objects.get(kind="response")
    assert (before.agency_id, after.agency_id) == (case.first.pk, case.second.pk)
    assert after.due_at == before.due_at


def test_an_assisting_agency_that_refuses_second_is_decided_about() -> None:
    case = asked()
    proposals.name_agencies(
        proposal_id=case.proposal.pk,
        agency_ids=[make_agency("內政部", "moi").pk, case.first.pk],
        by=case.admin,
        at=LATER,
    )
    assert dispute(case, "motc") is Step.PASSED_ON
    step = actions.dispute_offer(
        offer_id=case.offer(case.second).pk, reason=REASON, by=case.two, at=LATER
    )
    assert step is Step.DECISION
    assert case.parts == [("lead", "moi"), ("assist", "mof")]


def test_what_it_points_to_is_refused_with_its_rule() -> None:
    case = asked()
    make_agency("臺北市政府環境保護局", "dep", jurisdiction="taipei")
    people.end_agency(code="motc", on=DAY0.date(), successor_code=None, by=SYSTEM, at=DAY0)
    for given, code in (
        ("nobody", "agency_code_unknown"),
        ("dep", "agency_code_unknown"),  # another government's
        ("motc", "agency_not_valid"),
        ("財政部", "agency_itself"),
    ):
        with pytest.raises(Refusal) as caught:
            dispute(case, given)
        assert (caught.value.code, caught.value.field) == (code, "proposed")
    for reason, code in (("短", "handover_reason"), ("長" * 1001, "handover_reason_too_long")):
        with pytest.raises(Refusal) as caught:
            actions.dispute_offer(offer_id=case.offer().pk, reason=reason, by=case.one, at=LATER)
        assert (caught.value.code, caught.value.field) == (code, "reason")
    assert case.offer().answer == Answer.OPEN
    assert "assigning.disputed" not in kinds(case)


def test_pointing_to_who_leads_already_or_is_in_a_dispute_goes_to_the_platform() -> None:
    case = asked()
    third = make_agency("內政部", "moi")
    proposals.name_agencies(
        proposal_id=case.proposal.pk,
        agency_ids=[case.first.pk, case.second.pk, third.pk],
        by=case.admin,
        at=LATER,
    )
    assert dispute(case, "moi") is Step.PASSED_ON  # its own open offer to assist gives way
    assert Offer.objects.get(agency=third, role="assist").answer == Answer.WITHDRAWN
    step = actions.dispute_offer(
        offer_id=case.offer(case.second).pk,
        reason=REASON,
        proposed="moi",
        by=case.two,
        at=LATER,
    )
    assert step is Step.DECISION
    assert Offer.objects.filter(agency=third, settled_at=None).count() == 1


def test_who_has_a_part_already_is_not_asked_for_another() -> None:
    case = asked()
    actions.accept_offer(offer_id=case.offer().pk, by=case.one, at=LATER)
    proposals.name_agencies(
        proposal_id=case.proposal.pk,
        agency_ids=[case.first.pk, case.second.pk],
        by=case.admin,
        at=LATER,
    )
    helper = case.offer(case.second)
    step = actions.dispute_offer(
        offer_id=helper.pk, reason=REASON, proposed="mof", by=case.two, at=LATER
    )
    assert step is Step.DECISION
    assert case.parts == [("lead", "mof"), ("assist", "motc")]


def test_who_is_asked_in_one_dispute_is_not_asked_in_another() -> None:
    case = asked()
    third = make_agency("內政部", "moi")
    proposals.name_agencies(
        proposal_id=case.proposal.pk,
        agency_ids=[case.first.pk, case.second.pk],
        by=case.admin,
        at=LATER,
    )
    assert dispute(case, "moi") is Step.PASSED_ON
    step = actions.dispute_offer(
        offer_id=case.offer(case.second).pk, reason=REASON, proposed="moi", by=case.two, at=LATER
    )
    assert step is Step.DECISION
    assert Offer.objects.get(agency=third).answer == Answer.OPEN


def test_naming_anew_ends_what_was_disputed() -> None:
    case = asked()
    dispute(case, "motc")
    proposals.name_agencies(
        proposal_id=case.proposal.pk, agency_ids=[case.first.pk], by=case.admin, at=LATER + DAY
    )
    rows = list(Offer.objects.order_by("pk").values_list("agency__code", "answer", "settled_at"))
    assert rows == [
        ("mof", "disputed", LATER + DAY),
        ("motc", "withdrawn", LATER + DAY),
        ("mof", "open", None),
    ]


def test_answers_come_once_and_not_after_the_case_has_ended() -> None:
    case = asked()
    offer = case.offer()
    casework.close_case(case=case.proposal.case, by=SYSTEM, at=LATER)
    with pytest.raises(Refusal, match="offer_closed"):
        actions.accept_offer(offer_id=offer.pk, by=case.one, at=LATER)
    assert not still_asked(offer.pk)
    assert not waiting_for(case.one)
    casework.reopen_case(case=case.proposal.case, by=SYSTEM, at=LATER)
    actions.accept_offer(offer_id=offer.pk, by=case.one, at=LATER)
    with pytest.raises(Refusal, match="offer_answered"):
        dispute(case)
    with pytest.raises(Refusal, match="offer_unknown"):
        actions.accept_offer(offer_id=offer.pk + 1000, by=case.one, at=LATER)


def test_every_hand_over_is_public_with_its_reason() -> None:
    case = asked()
    dispute(case, "motc")
    shown = handovers(case.proposal.case_id)
    assert [row.data.get("reason", "") for row in shown] == [REASON, ""]
    assert shown[1].agencies == ("財政部",)


def test_the_database_knows_one_unsettled_offer_of_an_agency() -> None:
    case = asked()
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.create(
            case=case.proposal.case,
            agency=case.first,
            role="assist",
            offered_at=AT,
            offered_by="person:1",
        )


def test_a_platform_wide_grant_speaks_for_no_agency() -> None:
    case = asked()
    everywhere = Actor(ActorKind.PERSON, "1", True, frozenset({Grant(Role.ADMINISTRATOR)}), True)
    with pytest.raises(Refusal, match="offer_not_yours"):
        actions.accept_offer(offer_id=case.offer().pk, by=everywhere, at=LATER)
