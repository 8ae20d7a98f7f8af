"""Registering one public service of an agency (登錄公共服務), as the desk's form does."""

from datetime import datetime

from django.db import transaction

from minben.indicators.actions.shared import (
    faults_of,
    one_by_one,
    require_keeping_units,
    require_whole,
)
from minben.indicators.actions.units import register_units
from minben.indicators.declared import forming
from minben.indicators.declared.drafts import UnitDraft
from minben.indicators.declared.fields import Entry
from minben.indicators.models import Unit
from minben.indicators.rules import UnitKind
from minben.kernel.actor import Actor
from minben.kernel.refusal import Refusal


@transaction.atomic
def register_service(*, draft: UnitDraft, by: Actor, at: datetime) -> Unit:
    """Register a service that is not there yet.

    Raises:
        Faulty: a field is missing or wrong, `Fault.where` is its name; or as `register_units` does.
        Refusal: ``indicators_units_not_yours``, ``indicators_unit_taken``.
    """
    require_keeping_units(by)
    _require_whole(draft)
    one_by_one("units")
    if Unit.objects.filter(code=draft.code).exists():
        raise Refusal("indicators_unit_taken", field="code", unit=draft.code)
    register_units(units=[draft], by=by, at=at)
    return Unit.objects.get(code=draft.code)


@transaction.atomic
def change_service(*, draft: UnitDraft, by: Actor, at: datetime) -> Unit:
    """Change names, agency and relations of the service of that code; the same changes nothing.

    Raises:
        Faulty: as `register_service` does; a service of another agency.
        Refusal: ``indicators_units_not_yours``, ``indicators_unit_unknown``.
    """
    require_keeping_units(by)
    _require_whole(draft)
    one_by_one("units")
    services = Unit.objects.select_for_update().filter(kind=UnitKind.SERVICE)
    if not services.filter(code=draft.code).exists():
        raise Refusal("indicators_unit_unknown", field="unit", unit=draft.code)
    register_units(units=[draft], by=by, at=at)
    return Unit.objects.get(code=draft.code)


def _require_whole(draft: UnitDraft) -> None:
    def formed(entry: Entry) -> object:
        return forming.unit_of(entry, (), (), draft.relations)

    require_whole(faults_of(draft, formed))
