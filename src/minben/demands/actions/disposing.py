"""Disposing of demands (定案、公布、更正參採情形): decided, published with the answer, corrected."""

from datetime import datetime
from typing import Any

from django.db import transaction

from minben.audit.actions import record
from minben.casework.queries.holding import hold_case
from minben.casework.rules import Adoption
from minben.demands.actions.holding import (
    held_demand,
    held_for_drafting,
    refuse_why,
    step,
    tell_draft,
)
from minben.demands.models import ClearanceAct, Demand, Disposition, DraftText
from minben.demands.notify_people import tell_petitioner
from minben.demands.permissions import may_draft, may_split
from minben.demands.queries.drafts import latest_text
from minben.demands.queries.standing import hindrance
from minben.demands.rules import (
    CLEARANCE_BASIS,
    CORRECTING_BASIS,
    REASON_MAX,
    REASON_MIN,
    RESPONSE_BASIS,
    Act,
    DemandAct,
    DemandState,
    Outcome,
    Step,
    dispose_fault,
    draft_faults,
    is_cleared,
)
from minben.kernel.actor import Actor
from minben.kernel.refusal import Refusal


def acts_of(demand: Demand) -> list[Act]:
    """What was done in the clearance of a demand's draft, the oldest first. One query."""
    rows = ClearanceAct.objects.filter(demand=demand).order_by("pk")
    return [Act(Step(row.step), Outcome(row.outcome), row.revision) for row in rows]


@transaction.atomic
def dispose(*, demand_id: int, revision: int, by: Actor, at: datetime) -> Disposition:
    """Decide on a demand by the cleared draft of `revision`; nothing becomes public yet.

    Raises:
        Refusal: ``demand_without_agency``, ``demand_not_your_agency``, ``demand_not_open``,
            ``demand_draft_changed``, ``demand_not_cleared``, or what is missing in the draft.
    """
    demand = held_for_drafting(demand_id, by)
    draft = latest_text(demand.pk)
    if revision != (draft.revision if draft else 0):
        raise Refusal("demand_draft_changed", basis=CLEARANCE_BASIS, rule=CLEARANCE_BASIS)
    words = words_of(draft)
    route = [Step(name) for name in demand.route]
    if fault := dispose_fault(
        state=DemandState(demand.state),
        has_agency=demand.agency_id is not None,
        draft=words,
        cleared=is_cleared(route, acts_of(demand), revision),
    ):
        raise refusal_of(fault)
    step(demand, DemandAct.DISPOSE)
    demand.changed_at, demand.changed_by = at, by.id
    demand.save(update_fields=["state", "changed_at", "changed_by"])
    made = _append(demand, words, revision, by, at)
    tell_draft("disposed", demand, revision, by, at)
    return made


def words_of(draft: DraftText | None) -> dict[str, str]:
    """What a draft says; nothing where there is none."""
    if draft is None:
        return {}
    return {"adoption": draft.adoption, "reason": draft.reason, "follow_up": draft.follow_up}


def refusal_of(code: str, field: str | None = None) -> Refusal:
    """A refusal of a draft or disposition that names its rule."""
    basis = CLEARANCE_BASIS if code == "demand_not_cleared" else RESPONSE_BASIS
    return Refusal(code, basis=basis, field=field, rule=basis, least=REASON_MIN, most=REASON_MAX)


def _append(
    demand: Demand, words: dict[str, str], revision: int, by: Actor, at: datetime, **more: Any
) -> Disposition:
    """Any: fields of a correction."""
    last = Disposition.objects.filter(demand=demand).order_by("-number").first()
    return Disposition.objects.create(
        demand=demand,
        number=last.number + 1 if last else 1,
        agency_id=demand.agency_id or 0,
        **{name: text.strip() for name, text in words.items()},
        revision=revision,
        decided_at=at,
        decided_by=by.id,
        **more,
    )


@transaction.atomic
def take_back(*, demand_id: int, why: str, by: Actor, at: datetime) -> Demand:
    """Open a demand again that was decided but not published; what was decided stays on file.

    Its draft goes through all steps anew: why it is taken back is no part of it.

    Raises:
        Refusal: ``demand_not_your_agency``, ``demand_published``, ``demand_not_disposed``,
            ``demand_why``.
    """
    demand = held_demand(demand_id)
    if not may_draft(by, demand) and not may_split(by, demand.case):
        raise Refusal("demand_not_your_agency", basis=RESPONSE_BASIS, rule=RESPONSE_BASIS)
    if demand.state == DemandState.PUBLISHED:
        raise Refusal("demand_published", basis=CORRECTING_BASIS, rule=CORRECTING_BASIS)
    if demand.state != DemandState.DISPOSED:
        raise Refusal("demand_not_disposed", basis=RESPONSE_BASIS, rule=RESPONSE_BASIS)
    refuse_why(why, RESPONSE_BASIS)
    step(demand, DemandAct.TAKE_BACK)
    last = Disposition.objects.filter(demand=demand).latest("number")
    ClearanceAct.objects.create(
        demand=demand,
        step=Step.DRAFTER,
        outcome=Outcome.RETURNED,
        revision=last.revision,
        note=why.strip(),
        at=at,
        by=by.id,
    )
    demand.route, demand.waits_for = [], Step.DRAFTER
    demand.changed_at, demand.changed_by = at, by.id
    demand.save(update_fields=["state", "route", "waits_for", "changed_at", "changed_by"])
    tell_draft("taken_back", demand, last.revision, by, at)
    return demand


@transaction.atomic
def publish_dispositions(*, case_id: int, by: Actor, at: datetime) -> int:
    """Publish all dispositions of a case with its final answer; returns how many.

    Called inside the act that answers. A case without demands has none, and nothing happens.

    Raises:
        Refusal: ``demands_not_lead_agency``, ``demands_open``, ``corrections_unanswered``,
            ``split_not_published``.
    """
    case = hold_case(case_id)
    if not may_split(by, case):
        raise Refusal("demands_not_lead_agency", basis=RESPONSE_BASIS, rule=RESPONSE_BASIS)
    if refusal := hindrance(case_id):
        raise refusal
    rows = Demand.objects.select_for_update(of=("self",), no_key=True)
    decided = list(rows.filter(case=case, state=DemandState.DISPOSED).select_related("agency"))
    if not decided:
        return 0
    told = [_publish(demand, by, at) for demand in decided]
    record(
        "demands.dispositions_published",
        by=by,
        at=at,
        subject=f"case:{case.pk}",
        case_id=case.pk,
        label=case.lead.name_zh if case.lead else "",
        data={"dispositions": told},
    )
    return len(told)


def _publish(demand: Demand, by: Actor, at: datetime) -> dict[str, Any]:  # Any: JSON values
    last = Disposition.objects.select_related("agency").filter(demand=demand).latest("number")
    last.published_at = at
    last.save(update_fields=["published_at"])
    step(demand, DemandAct.PUBLISH)
    demand.changed_at, demand.changed_by = at, by.id
    demand.save(update_fields=["state", "changed_at", "changed_by"])
    return told(demand, last)


def told(demand: Demand, last: Disposition) -> dict[str, Any]:  # Any: JSON values
    """A disposition as the record and the ledger name it; its words stand on the page."""
    return {
        "demand": demand.number,
        "disposition": last.number,
        "adoption": last.adoption,
        "agency": {"zh": last.agency.name_zh, "en": last.agency.name_en},
    }


@transaction.atomic
def correct_disposition(
    *,
    demand_id: int,
    adoption: str,
    reason: str,
    follow_up: str,
    because: str,
    number: int,
    by: Actor,
    at: datetime,
) -> Disposition:
    """Correct a published disposition: a further one, public at once, beside what it corrects.

    Args:
        because: why, published with it.
        number: of the disposition the writer saw; another meanwhile refuses.

    Raises:
        Refusal: ``demand_not_your_agency``, ``demand_not_published``, ``disposition_changed``,
            ``demand_why``, or what is wrong with the words.
    """
    demand = held_demand(demand_id)
    if not may_draft(by, demand):
        raise Refusal("demand_not_your_agency", basis=CORRECTING_BASIS, rule=CORRECTING_BASIS)
    if demand.state != DemandState.PUBLISHED:
        raise Refusal("demand_not_published", basis=CORRECTING_BASIS, rule=CORRECTING_BASIS)
    last = Disposition.objects.filter(demand=demand).latest("number")
    if last.number != number:
        raise Refusal("disposition_changed", basis=CORRECTING_BASIS, rule=CORRECTING_BASIS)
    for field, code in draft_faults(adoption, reason, follow_up, whole=True).items():
        raise refusal_of(code, field)
    refuse_why(because, CORRECTING_BASIS, field="because")
    words = {"adoption": adoption, "reason": reason, "follow_up": follow_up}
    made = _append(demand, words, last.revision, by, at, because=because.strip(), published_at=at)
    record(
        "demands.disposition_corrected",
        by=by,
        at=at,
        subject=f"case:{demand.case_id}",
        case_id=demand.case_id,
        label=made.agency.name_zh,
        data=told(demand, made) | {"from": last.adoption, "because": made.because},
    )
    tell_petitioner(
        "corrected",
        demand.case_id,
        fact=f"disposition:{made.pk}",
        by=by,
        at=at,
        demand=demand.number,
        adoption=Adoption(adoption).value,
        because=made.because,
    )
    return made
