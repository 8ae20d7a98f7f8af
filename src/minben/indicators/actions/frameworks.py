"""Declaring a source with its units and indicators at once (登錄指標架構), from one document."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from minben.indicators.actions.claims import note_claims
from minben.indicators.actions.declaring import Declared, declare_indicators
from minben.indicators.actions.sources import change_source, register_source
from minben.indicators.actions.units import Registered, register_units
from minben.indicators.declared.drafts import Framework
from minben.indicators.models import Source
from minben.kernel.actor import Actor


@dataclass(frozen=True)
class Framed:
    """What a document did."""

    source: Source
    units: Registered
    indicators: Declared


@transaction.atomic
def declare_framework(*, told: Framework, agency_id: int | None, by: Actor, at: datetime) -> Framed:
    """Declare what a document says: all of it, or nothing. The same again changes nothing.

    A source that is there stays with the agency it belongs to.

    Raises:
        Faulty: as `register_units` and `declare_indicators` do.
        Refusal: ``indicators_not_yours``, ``indicators_units_not_yours``,
            ``indicators_no_survey``.
    """
    if Source.objects.filter(code=told.source.code).exists():
        source = change_source(draft=told.source, by=by, at=at)
    else:
        source = register_source(draft=told.source, agency_id=agency_id, by=by, at=at)
    units = register_units(units=told.units, groups=told.groups, by=by, at=at)
    declared = declare_indicators(source_code=source.code, indicators=told.indicators, by=by, at=at)
    note_claims(source_code=source.code, claims=told.claims, by=by, at=at)
    return Framed(source, units, declared)
