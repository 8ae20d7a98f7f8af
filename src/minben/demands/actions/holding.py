"""What every act begins with: the case held, then the demand; who may; whether it is answered."""

from datetime import datetime
from typing import TYPE_CHECKING

from minben.audit.actions import record
from minben.casework.queries.holding import hold_case
from minben.demands.models import Demand
from minben.demands.permissions import may_draft, may_split
from minben.demands.rules import (
    LIFE,
    RESPONSE_BASIS,
    SPLIT_BASIS,
    WHY_MAX,
    WHY_MIN,
    DemandAct,
    DemandState,
    why_fault,
)
from minben.kernel.actor import Actor
from minben.kernel.machine import ForbiddenAct
from minben.kernel.refusal import Refusal

if TYPE_CHECKING:
    from minben.casework.models import Case


def held_for_splitting(case_id: int, by: Actor) -> "Case":
    """The case, held; refuses who does not lead it, and one that is answered."""
    case = hold_case(case_id)
    if not may_split(by, case):
        raise Refusal("demands_not_lead_agency", basis=SPLIT_BASIS, rule=SPLIT_BASIS)
    refuse_answered(case)
    return case


def refuse_answered(case: "Case") -> None:
    """A case that is closed keeps its demands as they are."""
    if case.closed_at is not None:
        raise Refusal("demands_case_closed", basis=RESPONSE_BASIS, rule=RESPONSE_BASIS)


def held_demand(demand_id: int) -> Demand:
    """A demand, held after its case; Demand.DoesNotExist if there is none."""
    case = hold_case(Demand.objects.values_list("case_id", flat=True).get(pk=demand_id))
    rows = Demand.objects.select_for_update(of=("self",), no_key=True)
    demand = rows.select_related("agency").get(pk=demand_id)
    demand.case = case
    return demand


def held_for_change(demand_id: int, by: Actor) -> Demand:
    """A demand, held for whoever splits."""
    demand = held_demand(demand_id)
    if not may_split(by, demand.case):
        raise Refusal("demands_not_lead_agency", basis=SPLIT_BASIS, rule=SPLIT_BASIS)
    refuse_answered(demand.case)
    return demand


def held_for_drafting(demand_id: int, by: Actor) -> Demand:
    """A demand, held for whoever writes its draft; it must have an agency and be open."""
    demand = held_demand(demand_id)
    refuse_answered(demand.case)
    if demand.agency_id is None:
        raise Refusal("demand_without_agency", basis=RESPONSE_BASIS, rule=RESPONSE_BASIS)
    if not may_draft(by, demand):
        raise Refusal("demand_not_your_agency", basis=RESPONSE_BASIS, rule=RESPONSE_BASIS)
    if demand.state != DemandState.OPEN:
        raise Refusal("demand_not_open", basis=RESPONSE_BASIS, rule=RESPONSE_BASIS)
    return demand


def step(demand: Demand, act: DemandAct) -> None:
    """Take the demand to its next state; refuses what its state does not allow."""
    try:
        demand.state = LIFE.next(DemandState(demand.state), act)
    except ForbiddenAct:
        code = "demand_not_open" if demand.state != DemandState.OPEN else "demand_is_open"
        raise Refusal(code, basis=RESPONSE_BASIS, rule=RESPONSE_BASIS) from None


def refuse_why(why: str, basis: str, field: str = "why") -> None:
    """A reason given beside an act must say something, and not too much."""
    if code := why_fault(why):
        raise Refusal(code, basis=basis, field=field, rule=basis, least=WHY_MIN, most=WHY_MAX)


def tell_split(act: str, demand: Demand, by: Actor, at: datetime) -> None:
    """Keep for auditors what was done to the split; no words of it."""
    record(
        "demands.split_changed",
        by=by,
        at=at,
        subject=f"demand:{demand.pk}",
        case_id=demand.case_id,
        private={"act": act, "number": demand.number, "revision": demand.revision},
    )


def tell_draft(act: str, demand: Demand, revision: int, by: Actor, at: datetime) -> None:
    """Keep for auditors what was done to the draft; no words of it."""
    record(
        "demands.draft_worked_on",
        by=by,
        at=at,
        subject=f"demand:{demand.pk}",
        case_id=demand.case_id,
        private={"act": act, "number": demand.number, "revision": revision},
    )
