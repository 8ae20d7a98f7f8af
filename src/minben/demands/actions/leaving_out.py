"""Leaving a demand out of the split (不列、併入), with a reason, and taking it in again."""

from datetime import datetime

from django.db import transaction

from minben.demands.actions.holding import held_for_change, refuse_why, step, tell_split
from minben.demands.models import Demand
from minben.demands.rules import SPLIT_BASIS, DemandAct, DemandState
from minben.kernel.actor import Actor
from minben.kernel.refusal import Refusal

_FIELDS = ["state", "closed_reason", "merged_into", "revision", "changed_at", "changed_by"]


def _save(demand: Demand, by: Actor, at: datetime) -> None:
    demand.revision += 1
    demand.changed_at, demand.changed_by = at, by.id
    demand.save(update_fields=_FIELDS)


@transaction.atomic
def drop_demand(*, demand_id: int, why: str, by: Actor, at: datetime) -> Demand:
    """Leave an open demand out; the reason is public if the demand was.

    Raises:
        Refusal: ``demand_why``, ``demand_not_open``.
    """
    demand = held_for_change(demand_id, by)
    refuse_why(why, SPLIT_BASIS)
    step(demand, DemandAct.DROP)
    demand.closed_reason = why.strip()
    _save(demand, by, at)
    tell_split("dropped", demand, by, at)
    return demand


@transaction.atomic
def merge_demand(*, demand_id: int, into_id: int, why: str, by: Actor, at: datetime) -> Demand:
    """Leave an open demand out because another open one of the case says it already.

    Raises:
        Refusal: ``merge_target``, ``demand_why``, ``demand_not_open``.
    """
    demand = held_for_change(demand_id, by)
    others = Demand.objects.select_for_update(of=("self",), no_key=True)
    into = others.filter(pk=into_id, case=demand.case_id, state=DemandState.OPEN).first()
    if into is None or into.pk == demand.pk:
        raise Refusal("merge_target", basis=SPLIT_BASIS, field="into", rule=SPLIT_BASIS)
    refuse_why(why, SPLIT_BASIS)
    step(demand, DemandAct.MERGE)
    demand.closed_reason, demand.merged_into = why.strip(), into
    _save(demand, by, at)
    tell_split("merged", demand, by, at)
    return demand


@transaction.atomic
def restore_demand(*, demand_id: int, by: Actor, at: datetime) -> Demand:
    """Take a demand in again that was dropped or merged.

    Raises:
        Refusal: ``demand_is_open``, ``demand_not_open`` for one that is decided.
    """
    demand = held_for_change(demand_id, by)
    step(demand, DemandAct.RESTORE)
    demand.closed_reason, demand.merged_into = "", None
    _save(demand, by, at)
    tell_split("restored", demand, by, at)
    return demand
