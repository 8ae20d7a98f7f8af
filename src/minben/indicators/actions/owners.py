"""Whose a public service is (服務之主管機關): the agency a declaration names, and who may say so."""

from collections.abc import Collection, Mapping
from datetime import datetime

from minben.indicators.declared.drafts import UnitDraft
from minben.indicators.engine.faults import Fault
from minben.indicators.models import Unit
from minben.indicators.permissions import may_change_units, may_keep
from minben.indicators.rules import UnitKind
from minben.kernel.actor import Actor, ActorKind
from minben.kernel.refusal import Refusal
from minben.people import queries as people

Owners = Mapping[str, int | None]  # ids of agencies by what drafts call them; None: no agency


def owners_of(units: Collection[UnitDraft], at: datetime) -> Owners:
    """The agencies drafts name, by code, official code or name; two statements for each."""
    return {name: _found(name, at) for name in sorted({one.agency for one in units} - {""})}


def _found(name: str, at: datetime) -> int | None:
    # By its code an agency that ended is found as well: its services were observed once.
    if agency := people.agency_by_code(name):
        return int(agency.pk)
    try:
        return int(people.find_agency(name, at).pk)
    except Refusal:
        return None


def owner_fault(draft: UnitDraft, owners: Owners, by: Actor) -> Fault | None:
    """Why a service cannot be told of its agency by somebody; nothing if it can."""
    if draft.kind != UnitKind.SERVICE:
        return None
    owner = owners.get(draft.agency)
    if owner is None:
        return Fault(draft.where, "agency_unknown", f"'{draft.agency}' is no agency of the list")
    if by.kind is not ActorKind.SYSTEM and not may_keep(by, owner):
        text = f"services of '{draft.agency}' are registered by its officers and leads"
        return Fault(draft.where, "agency_not_yours", text)
    return None


def may_change(there: Unit, draft: UnitDraft, by: Actor) -> bool:
    """Administrators change any unit; officers and leads a service of their agency, as a service."""
    if by.kind is ActorKind.SYSTEM or may_change_units(by):
        return True
    same = there.kind == draft.kind == UnitKind.SERVICE
    return same and may_keep(by, there.agency_id)
