"""What the platform decides of a dispute (權責爭議之決定), and what it forces (強制分辦)."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from minben.assigning.actions.answering import escalate, held_offer, require_reason
from minben.assigning.actions.offering import name_of, settle_all
from minben.assigning.letters import tell_settled
from minben.assigning.models import Offer
from minben.assigning.permissions import may_decide, speaks_for
from minben.assigning.queries.offers import chain_of, parts_of
from minben.assigning.rules.offers import BASIS, FORCED_BASIS, Answer, decided, forced_from
from minben.audit.actions import record
from minben.casework import actions as casework_actions
from minben.casework import queries as casework
from minben.casework.rules import AgencyRole
from minben.kernel.actor import Actor
from minben.kernel.refusal import Refusal
from minben.people import queries as people

if TYPE_CHECKING:
    from minben.people.models import Agency

MOST_DECIDED = 3


@transaction.atomic
def escalate_dispute(*, offer_id: int, reason: str, by: Actor, at: datetime) -> None:
    """Ask the platform to decide, while another agency has not answered: either agency, or it.

    Raises:
        Refusal: ``offer_unknown``, ``offer_not_yours``, ``nothing_disputed``,
            ``offer_escalated``, or what `reason_fault` says.
    """
    rows = _disputed(offer_id)
    if not may_decide(by) and not any(speaks_for(by, row.agency_id) for row in rows):
        raise Refusal("offer_not_yours", basis=BASIS)
    if rows[-1].escalated_at is not None:
        raise Refusal("offer_escalated", basis=BASIS)
    require_reason(reason)
    escalate(rows[-1], by, at)
    spoken = next((row.agency for row in rows if speaks_for(by, row.agency_id)), None)
    _record(
        "assigning.escalated",
        rows[-1].case_id,
        by,
        at,
        {"agency": name_of(spoken) if spoken else "", "reason": reason.strip()},
        label=spoken.name_zh if spoken else "",
    )


@transaction.atomic
def decide_dispute(
    *, offer_id: int, agencies: Sequence[str], reason: str, by: Actor, at: datetime
) -> None:
    """Decide a dispute for good, with a reason everybody reads.

    Args:
        agencies: who has the part from now on, by code; of the role “lead” one at least, of the
            role “assist” perhaps none.

    Raises:
        Refusal: ``offer_unknown``, ``not_permitted``, ``nothing_disputed``,
            ``decision_names_nobody``, ``agency_code_unknown``, ``agency_not_valid``,
            ``too_many_agencies``, or what `reason_fault` says.
    """
    if not may_decide(by):
        raise Refusal("not_permitted", basis=BASIS)
    rows = _disputed(offer_id)
    role, case_id = AgencyRole(rows[0].role), rows[0].case_id
    government = casework.case(case_id).jurisdiction.code
    named = [people.find_agency(one, at, jurisdiction_code=government) for one in agencies]
    chosen = list({one.pk: one for one in named}.values())
    if role is AgencyRole.LEAD and not chosen:
        raise Refusal("decision_names_nobody", basis=BASIS, field="agencies")
    if len(chosen) > MOST_DECIDED:
        raise Refusal("too_many_agencies", basis=BASIS, field="agencies", most=MOST_DECIDED)
    require_reason(reason)
    parts = decided(
        parts_of(case_id), role, [row.agency_id for row in rows], [one.pk for one in chosen]
    )
    casework_actions.hand_over(
        case_id=case_id, leads=parts.leads, assists=parts.assists, by=by, at=at
    )
    told = _write_decision(case_id, rows, chosen, role, reason, by, at)
    _record(
        "assigning.decided",
        case_id,
        by,
        at,
        {"agencies": [name_of(one) for one in chosen], "role": role, "reason": reason.strip()},
    )
    tell_settled(told, by=by, at=at)


@transaction.atomic
def force_assignment(
    *,
    case_id: int,
    agency_ids: Sequence[int],
    reason: str,
    endorsed: int,
    threshold: int,
    by: Actor,
    at: datetime,
) -> None:
    """Name the agencies so that none can dispute: from a number of endorsements on.

    Args:
        agency_ids: the lead first.
        endorsed, threshold: of what the case is about, as whoever calls knows it.

    Raises:
        Refusal: ``not_permitted``, ``too_few_to_force``, ``decision_names_nobody``,
            ``too_many_agencies``, ``agency_unknown``, or what `reason_fault` says.
    """
    if not may_decide(by):
        raise Refusal("not_permitted", basis=FORCED_BASIS)
    case = casework.held_case(case_id)
    least, most = forced_from(threshold), case.rule_set.rules.max_agencies
    if endorsed < least:
        raise Refusal("too_few_to_force", basis=FORCED_BASIS, least=least, endorsed=endorsed)
    ids = list(dict.fromkeys(agency_ids))
    if not ids:
        raise Refusal("decision_names_nobody", basis=FORCED_BASIS, field="agencies")
    if len(ids) > most:
        raise Refusal("too_many_agencies", basis=FORCED_BASIS, field="agencies", most=most)
    require_reason(reason)
    casework_actions.hand_over(case_id=case_id, leads=ids[:1], assists=ids[1:], by=by, at=at)
    settle_all(case_id, at)
    made = [
        _final(case_id, row.agency_id, AgencyRole(row.role), reason, by, at, forced=True)
        for row in casework.agencies_of_case(case_id)
    ]
    _record(
        "assigning.forced",
        case_id,
        by,
        at,
        {
            "agencies": [name_of(row.agency) for row in casework.agencies_of_case(case_id)],
            "number": endorsed,
            "basis": FORCED_BASIS,
            "reason": reason.strip(),
        },
    )
    tell_settled(made, by=by, at=at)


def _disputed(offer_id: int) -> tuple[Offer, ...]:
    """The offers of a running dispute, the first agency's first."""
    rows = chain_of(held_offer(offer_id))
    if rows[0].answer != Answer.DISPUTED or rows[0].settled_at or rows[0].case.closed_at:
        raise Refusal("nothing_disputed", basis=BASIS)
    return rows


def _write_decision(
    case_id: int,
    rows: Sequence[Offer],
    chosen: Sequence["Agency"],
    role: AgencyRole,
    reason: str,
    by: Actor,
    at: datetime,
) -> list[Offer]:
    """The decision in every offer it ends, and one for each agency nobody had asked for the part."""
    for row in rows:
        row.answer, row.settled_at = Answer.DECIDED, at
        row.decision, row.decided_by, row.decided_at = reason.strip(), by.id, at
        row.save()
    asked = {row.agency_id for row in rows}
    new = [one.pk for one in chosen if one.pk not in asked]
    # Whoever was asked for another part of the case has this one now.
    Offer.objects.filter(
        case_id=case_id, agency__in=new, settled_at=None, answer=Answer.OPEN
    ).update(answer=Answer.WITHDRAWN, settled_at=at)
    return [*rows, *(_final(case_id, pk, role, reason, by, at) for pk in new)]


def _final(
    case_id: int,
    agency_id: int,
    role: AgencyRole,
    reason: str,
    by: Actor,
    at: datetime,
    *,
    forced: bool = False,
) -> Offer:
    return Offer.objects.create(
        case_id=case_id,
        agency_id=agency_id,
        role=role,
        offered_at=at,
        offered_by=by.id,
        forced=forced,
        answer=Answer.DECIDED,
        decision=reason.strip(),
        decided_at=at,
        decided_by=by.id,
        settled_at=at,
    )


def _record(
    kind: str,
    case_id: int,
    by: Actor,
    at: datetime,
    data: dict[str, Any],  # Any: JSON values
    *,
    label: str = "",
) -> None:
    record(kind, by=by, at=at, subject=f"case:{case_id}", case_id=case_id, label=label, data=data)
