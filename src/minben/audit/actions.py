"""The only writer of the record."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from minben.audit.models import Event
from minben.audit.registry import kind_of
from minben.kernel.actor import Actor


def record(
    kind: str,
    *,
    by: Actor,
    at: datetime,
    subject: str,
    case_id: int | None = None,
    label: str = "",
    data: dict[str, Any] | None = None,  # Any: JSON values
    private: dict[str, Any] | None = None,
) -> Event:
    """Append one event, in the caller's transaction.

    Args:
        kind: a declared code; KeyError otherwise.
        subject: what was acted on, as ``"proposal:12"``.
        label: how the actor is named in public ("checker", an agency, a nickname).
        data: JSON fit for publication.
        private: JSON for auditors only.
    """
    kind_of(kind)
    return Event.objects.create(
        kind=kind,
        at=at,
        actor=by.id,
        actor_label=label,
        subject=subject,
        case_id=case_id,
        data=data or {},
        private=private or {},
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of many, as for :func:`record`; `at` is its own time."""

    kind: str
    at: datetime
    subject: str
    case_id: int | None = None
    label: str = ""
    data: dict[str, Any] = field(default_factory=dict)  # Any: JSON values


def record_many(*, entries: Iterable[Entry], by: Actor, at: datetime) -> int:
    """Append the events of a bulk act done at `at`, each at its own time; returns how many.

    For what happened elsewhere and is taken over: an entry may lie before `at`, never after.

    Raises:
        KeyError: a kind nobody declared.
        ValueError: an entry after `at`.
    """
    rows = []
    for entry in entries:
        kind_of(entry.kind)
        if entry.at > at:
            raise ValueError(f"{entry.kind} of {entry.subject} lies after {at:%Y-%m-%dT%H:%MZ}")
        rows.append(
            Event(
                kind=entry.kind,
                at=entry.at,
                actor=by.id,
                actor_label=entry.label,
                subject=entry.subject,
                case_id=entry.case_id,
                data=entry.data,
            )
        )
    return len(Event.objects.bulk_create(rows, batch_size=1000))
