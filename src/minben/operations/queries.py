"""Reads of the switches and pulses; always from the primary, because a copy may lag behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import DEFAULT_DB_ALIAS

from minben.operations.models import Pulse, Switch
from minben.operations.rules import Service


@dataclass(frozen=True, slots=True)
class Stop:
    """A service that is stopped now: since when, and why in both languages (English may lack)."""

    service: Service
    since: datetime
    reason_zh: str
    reason_en: str


def stops() -> dict[Service, Stop]:
    """Everything that is stopped now. One query."""
    rows = Switch.objects.using(DEFAULT_DB_ALIAS).filter(stopped=True)
    return {
        Service(row.service): Stop(
            Service(row.service), row.changed_at, row.reason_zh, row.reason_en
        )
        for row in rows
        if row.changed_at
    }


def switches() -> Sequence[Switch]:
    """Every switch in the order of `Service`, also those nobody ever touched. One query."""
    rows = {row.service: row for row in Switch.objects.all()}
    return [rows.get(service.value) or Switch(service=service.value) for service in Service]


def last_done(work: str, using: str = DEFAULT_DB_ALIAS) -> datetime | None:
    """When that work was last done, if ever, as the database `using` knows it. One query."""
    rows = Pulse.objects.using(using).filter(work=work)
    return rows.values_list("last_done", flat=True).first()
