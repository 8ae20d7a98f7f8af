"""What the platform decides of a dispute, and what it forces from a thousand endorsements on."""

from datetime import timedelta

import pytest

from minben.assigning import actions
from minben.assigning.models import Offer
from minben.assigning.queries.offers import still_undecided, waiting_for_decision
from minben.assigning.rules.offers import FORCED_BASIS, Answer
from minben.audit import queries as audit
from minben.kernel.actor import Role
from minben.kernel.refusal import Refusal
from minben.notify.models import Notice
from minben.proposals import actions as proposals
from minben.proposals.models import Proposal
from tests.db.assigning.handing import AT, REASON, Asked, asked
from tests.factories import DAY, actor, file_one, make_agency, make_person, make_staff

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
WHY = "道路設計屬交通部法定職掌，稅捐機關僅就財源提供意見。"


def disputed(proposed: str = "motc") -> Asked:
    case = asked()
    actions.dispute_offer(
        offer_id=case.offer().pk, reason=REASON, proposed=proposed, by=case.one, at=LATER
    )
    return case


def decide(case: Asked, *agencies: str, by: object = None, reason: str = WHY) -> None:
    actions.decide_dispute(
        offer_id=case.offer().pk,
        agencies=agencies,
        reason=reason,
        by=by or case.admin,  # type: ignore[arg-type]
        at=LATER,
    )


@pytest.mark.parametrize("who", ["one", "two", "admin"])
def test_either_agency_or_an_administrator_asks_for_a_decision(who: str) -> None:
    case = disputed()
    by = getattr(case, who)
    offer = case.offer(case.second)
    actions.escalate_dispute(offer_id=offer.pk, reason=WHY, by=by, at=LATER)
    assert {row.escalated_at for row in Offer.objects.all()} == {LATER}
    assert [row.pk for row in waiting_for_decision()] == [offer.pk]
    assert still_undecided(offer.pk)
    event = audit.public_history(case.proposal.case_id)[-1]
    assert (event.kind, event.data["reason"]) == ("assigning.escalated", WHY)
    agency = {"one": "mof", "two": "motc", "admin": ""}[who]
    assert (event.data["agency"] or {"code": ""})["code"] == agency
    letters = Notice.objects.filter(kind="assigning.escalated")
    assert {row.recipient for row in letters} == {case.admin.id}
    with pytest.raises(Refusal, match="offer_escalated"):
        actions.escalate_dispute(offer_id=offer.pk, reason=WHY, by=by, at=LATER)
    with pytest.raises(Refusal, match="offer_escalated"):
        actions.accept_offer(offer_id=offer.pk, by=case.two, at=LATER)


def test_others_ask_for_no_decision_and_make_none() -> None:
    case = disputed()
    third = make_staff(Role.LEAD, make_agency("內政部", "moi"))
    for by in (third, make_staff(Role.CHECKER), actor(make_person())):
        with pytest.raises(Refusal, match="offer_not_yours"):
            actions.escalate_dispute(offer_id=case.offer().pk, reason=WHY, by=by, at=LATER)
    for by in (third, make_staff(Role.CHECKER), case.one, case.two, actor(make_person())):
        with pytest.raises(Refusal, match="not_permitted"):
            decide(case, "mof", by=by)
    assert Offer.objects.filter(escalated_at=None).count() == 2


def test_without_a_dispute_there_is_nothing_to_decide() -> None:
    case = asked()
    with pytest.raises(Refusal, match="nothing_disputed"):
        actions.escalate_dispute(offer_id=case.offer().pk, reason=WHY, by=case.one, at=LATER)
    with pytest.raises(Refusal, match="nothing_disputed"):
        decide(case, "mof")


def test_a_decision_is_public_final_and_ends_the_dispute() -> None:
    case = disputed()
    decide(case, "motc")
    assert case.parts == [("lead", "motc")]
    rows = Offer.objects.all()
    assert {row.answer for row in rows} == {Answer.DECIDED}
    assert {row.decision for row in rows} == {WHY}
    assert {row.settled_at for row in rows} == {LATER}
    event = audit.public_history(case.proposal.case_id)[-1]
    assert (event.kind, event.data["reason"]) == ("assigning.decided", WHY)
    told = Notice.objects.filter(kind="assigning.settled").values_list("recipient", flat=True)
    assert set(told) == {case.one.id, case.two.id}
    with pytest.raises(Refusal, match="offer_decided"):
        actions.dispute_offer(
            offer_id=case.offer(case.second).pk, reason=REASON, by=case.two, at=LATER
        )
    with pytest.raises(Refusal, match="nothing_disputed"):
        decide(case, "mof")
    # New facts: a new naming asks anew.
    proposals.name_agencies(
        proposal_id=case.proposal.pk, agency_ids=[case.first.pk], by=case.admin, at=LATER + DAY
    )
    assert case.offer().answer == Answer.DECIDED  # it was decided about in that part already
    proposals.name_agencies(
        proposal_id=case.proposal.pk,
        agency_ids=[case.second.pk, case.first.pk],
        by=case.admin,
        at=LATER + DAY,
    )
    assert (case.offer().answer, case.offer().role) == (Answer.OPEN, "assist")


def test_a_decision_may_name_both_or_a_third() -> None:
    case = disputed()
    decide(case, "motc", "mof")
    assert case.parts == [("lead", "motc"), ("lead", "mof")]
    other = disputed_with_third()
    decide(other, "內政部")
    assert other.parts == [("lead", "moi")]
    third = Offer.objects.get(case=other.proposal.case, agency__code="moi")
    assert (third.answer, third.decision) == (Answer.DECIDED, WHY)


def disputed_with_third() -> Asked:
    make_agency("內政部", "moi")
    return disputed("")


def test_a_decision_about_assisting_may_name_nobody_one_about_leading_not() -> None:
    case = disputed("")
    with pytest.raises(Refusal) as caught:
        decide(case)
    assert (caught.value.code, caught.value.field) == ("decision_names_nobody", "agencies")
    with pytest.raises(Refusal, match="handover_reason"):
        decide(case, "mof", reason="短")
    with pytest.raises(Refusal, match="agency_code_unknown"):
        decide(case, "nobody")
    for n in range(4):
        make_agency(f"機關{n}", f"agency{n}")
    with pytest.raises(Refusal, match="too_many_agencies"):
        decide(case, "agency0", "agency1", "agency2", "agency3")
    assert case.parts == [("lead", "mof")]
    helper = asked()
    proposals.name_agencies(
        proposal_id=helper.proposal.pk,
        agency_ids=[helper.second.pk, helper.first.pk],
        by=helper.admin,
        at=LATER,
    )
    actions.dispute_offer(offer_id=helper.offer().pk, reason=REASON, by=helper.one, at=LATER)
    decide(helper)
    assert helper.parts == [("lead", "motc")]


def force(case: Asked, *agencies: int, by: object = None, reason: str = WHY) -> None:
    proposals.force_agencies(
        proposal_id=case.proposal.pk,
        agency_ids=agencies or [case.second.pk, case.first.pk],
        reason=reason,
        by=by or case.admin,  # type: ignore[arg-type]
        at=LATER,
    )


def endorsed_by(case: Asked, n: int, threshold: int = 5000) -> None:
    Proposal.objects.filter(pk=case.proposal.pk).update(endorsed=n, numbered=n, threshold=threshold)


def test_an_assignment_is_forced_from_a_thousand_on() -> None:
    case = disputed()
    endorsed_by(case, 999)
    with pytest.raises(Refusal) as caught:
        force(case)
    assert caught.value.code == "too_few_to_force"
    assert caught.value.basis == FORCED_BASIS
    assert caught.value.params["least"] == 1000
    endorsed_by(case, 1000)
    force(case)
    assert case.parts == [("lead", "motc"), ("assist", "mof")]
    forced = Offer.objects.filter(forced=True)
    assert {(row.agency.code, row.answer, row.decision) for row in forced} == {
        ("motc", "decided", WHY),
        ("mof", "decided", WHY),
    }
    assert not Offer.objects.filter(settled_at=None).exists()
    for by, agency in ((case.one, case.first), (case.two, case.second)):
        with pytest.raises(Refusal) as caught:
            actions.dispute_offer(offer_id=case.offer(agency).pk, reason=REASON, by=by, at=LATER)
        assert (caught.value.code, caught.value.basis) == ("offer_forced", FORCED_BASIS)
    event = audit.public_history(case.proposal.case_id)[-1]
    assert (event.kind, event.data["number"]) == ("assigning.forced", 1000)
    assert event.data["reason"] == WHY
    told = Notice.objects.filter(kind="assigning.settled").values_list("recipient", flat=True)
    assert set(told) == {case.one.id, case.two.id}


def test_what_reached_can_be_forced_whatever_its_threshold() -> None:
    case = disputed()
    endorsed_by(case, 250, threshold=250)
    force(case, case.first.pk)
    assert case.parts == [("lead", "mof")]


def test_only_an_administrator_forces_and_only_what_is_whole() -> None:
    case = disputed()
    endorsed_by(case, 2000)
    for by in (case.one, make_staff(Role.CHECKER), actor(make_person())):
        with pytest.raises(Refusal, match="not_permitted"):
            force(case, by=by)
    with pytest.raises(Refusal, match="handover_reason"):
        force(case, reason="短")
    with pytest.raises(Refusal, match="agency_unknown"):
        force(case, 10_000)
    with pytest.raises(Refusal, match="decision_names_nobody"):
        actions.force_assignment(
            case_id=case.proposal.case_id,
            agency_ids=[],
            reason=WHY,
            endorsed=2000,
            threshold=5000,
            by=case.admin,
            at=LATER,
        )
    many = [make_agency(f"機關{n}", f"agency{n}").pk for n in range(4)]
    with pytest.raises(Refusal, match="too_many_agencies"):
        force(case, *many)
    waiting = file_one(agencies=(case.first,))
    with pytest.raises(Refusal, match="decided_already"):
        proposals.force_agencies(
            proposal_id=waiting.pk,
            agency_ids=[case.first.pk],
            reason=WHY,
            by=case.admin,
            at=LATER,
        )
    assert not Offer.objects.filter(forced=True).exists()
