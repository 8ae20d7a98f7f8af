"""What an asked agency answers: it accepts (接受), or disputes with a public reason (權責爭議)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from minben.assigning.actions.offering import name_of, pass_on
from minben.assigning.letters import tell_escalated, tell_settled
from minben.assigning.models import Offer
from minben.assigning.permissions import speaks_for
from minben.assigning.queries.offers import chain_of, parts_of, unsettled_of
from minben.assigning.queries.offers import offer as offer_by
from minben.assigning.rules.offers import (
    BASIS,
    FORCED_BASIS,
    FORCED_FROM,
    REASON_MAX,
    REASON_MIN,
    Answer,
    Step,
    answer_fault,
    joined,
    reason_fault,
    replaced,
    step_after,
)
from minben.audit.actions import record
from minben.casework import actions as casework_actions
from minben.casework import queries as casework
from minben.casework.rules import AgencyRole
from minben.kernel.actor import Actor
from minben.kernel.refusal import Refusal
from minben.people import queries as people

if TYPE_CHECKING:
    from minben.people.models import Agency


@transaction.atomic
def accept_offer(*, offer_id: int, by: Actor, at: datetime) -> Offer:
    """Accept; who was asked in another agency's place takes its part over.

    Raises:
        Refusal: ``offer_unknown``, ``offer_not_yours``, or what `answer_fault` says.
    """
    offer = _answerable(offer_id, by)
    _answer(offer, Answer.ACCEPTED, by, at)
    offer.settled_at = at
    offer.save()
    data: dict[str, Any] = {"agency": name_of(offer.agency), "role": offer.role}
    before = offer.after
    if before is not None:
        _settle(before, at)
        parts = replaced(
            parts_of(offer.case_id), AgencyRole(offer.role), before.agency_id, offer.agency_id
        )
        casework_actions.hand_over(
            case_id=offer.case_id, leads=parts.leads, assists=parts.assists, by=by, at=at
        )
        data["from"] = name_of(before.agency)
        tell_settled([before], by=by, at=at)
    _record("assigning.accepted", offer, by, at, data)
    return offer


@transaction.atomic
def dispute_offer(
    *, offer_id: int, reason: str, proposed: str = "", by: Actor, at: datetime
) -> Step:
    """Dispute, with a reason everybody reads; says what follows from it.

    Until somebody else has taken the part, the agency keeps it: no duty is ever nobody's.

    Args:
        proposed: the agency that is responsible instead, by code, official code or name.

    Raises:
        Refusal: ``offer_unknown``, ``offer_not_yours``, what `answer_fault` and `reason_fault`
            say, ``agency_code_unknown``, ``agency_not_valid``, ``agency_itself``.
    """
    offer = _answerable(offer_id, by)
    require_reason(reason)
    other = _other(offer, proposed, at) if proposed.strip() else None
    role = AgencyRole(offer.role)
    step = step_after(
        role, second=offer.after_id is not None, passable=other is not None and _free(offer, other)
    )
    _answer(offer, Answer.DISPUTED, by, at)
    offer.reason, offer.proposed = reason.strip(), other
    offer.save()
    _record(
        "assigning.disputed",
        offer,
        by,
        at,
        {
            "agency": name_of(offer.agency),
            "role": offer.role,
            "step": step,
            "to": name_of(other) if other else "",
            "reason": offer.reason,
        },
    )
    if step is Step.PASSED_ON and other is not None:
        pass_on(before=offer, agency=other, role=role, by=by, at=at)
    elif step is Step.JOINT and offer.after is not None:
        _lead_jointly(offer.after, offer, by, at)
    else:
        escalate(offer, by, at)
    return step


def require_reason(reason: str) -> None:
    """Refuse a reason that is too short or too long for the public."""
    if code := reason_fault(reason):
        raise Refusal(code, basis=BASIS, field="reason", least=REASON_MIN, most=REASON_MAX)


def escalate(offer: Offer, by: Actor, at: datetime) -> None:
    """From now on only the platform's decision ends this dispute."""
    rows = chain_of(offer)
    Offer.objects.filter(pk__in=[row.pk for row in rows]).update(
        escalated_at=at, escalated_by=by.id
    )
    tell_escalated(rows[-1], by=by, at=at)


def held_offer(offer_id: int) -> Offer:
    """An offer with its case locked. Refuses ``offer_unknown``."""
    known = offer_by(offer_id)
    if known is None:
        raise Refusal("offer_unknown")
    casework.held_case(known.case_id)
    # What it said before the lock may have changed since.
    return offer_by(offer_id) or known


def _answerable(offer_id: int, by: Actor) -> Offer:
    offer = held_offer(offer_id)
    if not speaks_for(by, offer.agency_id):
        raise Refusal("offer_not_yours", basis=BASIS)
    if code := answer_fault(
        Answer(offer.answer),
        forced=offer.forced,
        escalated=offer.escalated_at is not None,
        closed=offer.case.closed_at is not None,
    ):
        basis = FORCED_BASIS if code == "offer_forced" else BASIS
        raise Refusal(code, basis=basis, least=FORCED_FROM)
    return offer


def _answer(offer: Offer, answer: Answer, by: Actor, at: datetime) -> None:
    offer.answer, offer.answered_at, offer.answered_by = answer, at, by.id


def _other(offer: Offer, named: str, at: datetime) -> "Agency":
    government = casework.case(offer.case_id).jurisdiction.code
    try:
        other = people.find_agency(named, at, jurisdiction_code=government)
    except Refusal as refusal:
        refusal.field = "proposed"
        raise
    if other.pk == offer.agency_id:
        raise Refusal("agency_itself", field="proposed")
    return other


def _free(offer: Offer, other: "Agency") -> bool:
    """Whether that agency can be asked instead: nothing else is disputed with it, nor its already."""
    parts = parts_of(offer.case_id)
    has = parts.leads if offer.role == AgencyRole.LEAD else (*parts.leads, *parts.assists)
    if other.pk in has:
        return False
    row = unsettled_of(offer.case_id).get(other.pk)
    if row is None:
        return True
    is_plain = row.answer == Answer.OPEN and row.after_id is None and row.escalated_at is None
    return is_plain and offer.role == AgencyRole.LEAD


def _lead_jointly(first: Offer, second: Offer, by: Actor, at: datetime) -> None:
    """Both refused, so both lead; the first goes on owing the answer in time."""
    parts = joined(parts_of(first.case_id), first.agency_id, second.agency_id)
    casework_actions.hand_over(
        case_id=first.case_id, leads=parts.leads, assists=parts.assists, by=by, at=at
    )
    for row in (first, second):
        _settle(row, at)
    data = {"agencies": [name_of(first.agency), name_of(second.agency)], "basis": BASIS}
    _record("assigning.joint", second, by, at, data)
    tell_settled([first, second], by=by, at=at)


def _settle(offer: Offer, at: datetime) -> None:
    offer.settled_at = at
    offer.save(update_fields=["settled_at"])


def _record(kind: str, offer: Offer, by: Actor, at: datetime, data: dict[str, Any]) -> None:
    record(
        kind,
        by=by,
        at=at,
        subject=f"case:{offer.case_id}",
        case_id=offer.case_id,
        label=offer.agency.name_zh,
        data=data,
    )
