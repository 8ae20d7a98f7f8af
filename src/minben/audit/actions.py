"""The only writer of the record."""

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
