"""The acts on deputies (職務代理): who stands in for the holder of a role, and for how long."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from minben.audit.actions import record
from minben.kernel.actor import Actor, ActorKind, Role
from minben.kernel.refusal import Refusal
from minben.people.models import Delegation, RoleGrant
from minben.people.rules import DELEGATION_BASIS, DelegationKind, delegation_fault


@transaction.atomic
def delegate_role(
    *,
    grant_id: int,
    delegate_id: int,
    kind: DelegationKind,
    since: datetime,
    until: datetime,
    by: Actor,
    at: datetime,
) -> Delegation:
    """Name who represents the holder of a role from `since` until `until` (exclusive).

    The role itself stays with its holder, who goes on having it. Both have to be of one agency.

    Raises:
        Refusal: ``role_not_held``, ``delegation_chain``, ``delegation_not_yours``,
            ``delegation_oneself``, ``delegation_stranger``, ``delegation_period``,
            ``delegation_too_long``.
    """
    grant = RoleGrant.objects.select_for_update().filter(pk=grant_id, until=None).first()
    if grant is None:
        raise Refusal("role_not_held", field="grant")
    _require_say(grant, by)
    if delegate_id == grant.user_id:
        raise Refusal("delegation_oneself", field="delegate")
    of_agency = RoleGrant.objects.filter(Q(until=None) | Q(until__gt=at), user_id=delegate_id)
    if grant.agency_id is None or not of_agency.filter(agency_id=grant.agency_id).exists():
        raise Refusal("delegation_stranger", basis=DELEGATION_BASIS, field="delegate")
    if fault := delegation_fault(since, until, at):
        raise Refusal(fault, field="until")
    made = Delegation.objects.create(
        grant=grant,
        delegate_id=delegate_id,
        kind=kind,
        since=since,
        until=until,
        declared_by=by.id,
    )
    _tell("people.delegation_begun", made, grant, by, at)
    return made


def _require_say(grant: RoleGrant, by: Actor) -> None:
    """The holder, a lead of the agency in their own right, an administrator, the platform."""
    if by.kind in (ActorKind.SYSTEM, ActorKind.ARCHIVE) or by.person_id == grant.user_id:
        return
    own = {(held.role, held.agency_id) for held in by.grants if held.of is None}
    if own & {(Role.LEAD, grant.agency_id), (Role.ADMINISTRATOR, None)}:
        return
    code = "delegation_chain" if grant.user_id in by.represents else "delegation_not_yours"
    raise Refusal(code, basis=DELEGATION_BASIS)


@transaction.atomic
def end_delegation(*, delegation_id: int, by: Actor, at: datetime) -> Delegation:
    """End it before its time: who may name a deputy, or the deputy.

    Raises:
        Refusal: ``delegation_over``, ``delegation_chain``, ``delegation_not_yours``.
    """
    rows = Delegation.objects.select_for_update(of=("self",)).select_related("grant")
    made = rows.filter(pk=delegation_id, ended_at=None, until__gt=at).first()
    if made is None:
        raise Refusal("delegation_over")
    if by.person_id is None or by.person_id != made.delegate_id:
        _require_say(made.grant, by)
    made.ended_at, made.ended_by = at, by.id
    made.save(update_fields=["ended_at", "ended_by"])
    _tell("people.delegation_ended", made, made.grant, by, at)
    return made


def _tell(kind: str, made: Delegation, grant: RoleGrant, by: Actor, at: datetime) -> None:
    record(
        kind,
        by=by,
        at=at,
        subject=f"person:{made.delegate_id}",
        data={
            "role": grant.role,
            "agency": grant.agency_id,
            "of": f"person:{grant.user_id}",
            "kind": made.kind,
            "since": made.since.isoformat(),
            "until": made.until.isoformat(),
        },
    )
