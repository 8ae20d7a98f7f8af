"""The public history of a case, as its timeline shows it (時間軸)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

from minben.audit import queries as audit
from minben.casework.rules import RuleParameters
from minben.proposals.invalidation import reason_of
from minben.proposals.words import Bilingual

if TYPE_CHECKING:
    from minben.audit.models import Event


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of the timeline.

    Args:
        code: the declared kind.
        title: what happened, a few words.
        partial: template that shows it.
        official: an official act; it carries the seal's mark.
        who: whose act, where that is public.
        data: what the event tells, fit for publication.
        times: those of its data that are instants.
        ground: the wording of a ground for hiding or invalidating, where there is one.
        agencies: names, lead first, where there are any.
    """

    pk: int
    code: str
    title: str | Promise
    partial: str
    official: bool
    at: datetime
    who: str
    data: Mapping[str, Any]  # Any: JSON
    times: Mapping[str, datetime]
    ground: Bilingual | None
    agencies: tuple[Bilingual, ...]


def history(case_id: int, rules: RuleParameters) -> tuple[Entry, ...]:
    """The public events of a case, newest first. One query."""
    return tuple(_entry(event, rules) for event in reversed(audit.public_history(case_id)))


def _entry(event: Event, rules: RuleParameters) -> Entry:
    kind = event.declaration
    ground = rules.ground(str(event.data.get("ground", ""))) or reason_of(
        str(event.data.get("reason", ""))
    )
    return Entry(
        pk=event.pk,
        code=event.kind,
        title=kind.label,
        partial=kind.template,
        official=kind.official,
        at=event.at,
        who=event.actor_label,
        data=event.data,
        times={key: at for key, value in event.data.items() if (at := _instant(value))},
        ground=Bilingual(ground.zh, ground.en) if ground else None,
        agencies=_agencies(event.data),
    )


def _instant(value: object) -> datetime | None:
    """An aware instant written as ISO 8601; None for anything else."""
    if not isinstance(value, str) or "T" not in value:
        return None
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return None
    return at if at.tzinfo else None


def _agencies(data: Mapping[str, Any]) -> tuple[Bilingual, ...]:  # Any: JSON
    named = data.get("agencies") or ([data["agency"]] if data.get("agency") else [])
    return tuple(
        Bilingual(one["zh"], one.get("en", "")) if isinstance(one, dict) else Bilingual(str(one))
        for one in named
    )
