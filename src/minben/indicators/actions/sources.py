"""Registering who publishes figures, and on what terms (登錄資料來源)."""

from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction

from minben.audit.actions import record
from minben.indicators.actions.shared import (
    faults_of,
    held_source,
    label_of,
    require_keeping,
    require_whole,
)
from minben.indicators.conduct import SOURCE as CONDUCT
from minben.indicators.declared import forming
from minben.indicators.declared.drafts import SourceDraft
from minben.indicators.models import Source
from minben.kernel.actor import Actor, ActorKind
from minben.kernel.refusal import Refusal


@transaction.atomic
def register_source(
    *, draft: SourceDraft, agency_id: int | None, by: Actor, at: datetime
) -> Source:
    """Register a source of an agency, or of the platform (`agency_id` None).

    Raises:
        Faulty: a field is missing or wrong; `Fault.where` is its name.
        Refusal: ``indicators_not_yours``, ``indicators_source_taken``.
    """
    require_keeping(by, agency_id)
    if draft.code == CONDUCT and by.kind is not ActorKind.SYSTEM:
        # Whoever had it first could withdraw what the platform measures of itself.
        raise Refusal("indicators_source_taken", field="code", source=draft.code)
    require_whole(faults_of(draft, forming.source_of))
    fields = asdict(draft) | {"agency_id": agency_id, "at": at, "by": by.id}
    made, fresh = Source.objects.get_or_create(code=draft.code, defaults=fields)
    if not fresh:
        raise Refusal("indicators_source_taken", field="code", source=draft.code)
    _tell("indicators.source_registered", made, {"publisher": made.publisher}, by, at)
    return made


@transaction.atomic
def change_source(*, draft: SourceDraft, by: Actor, at: datetime) -> Source:
    """Change what is said of the source of that code; the record keeps the difference.

    The same again changes nothing and records nothing.

    Raises:
        Faulty: a field is missing or wrong; `Fault.where` is its name.
        Refusal: ``indicators_source_unknown``, ``indicators_not_yours``.
    """
    held = held_source(draft.code, by)
    require_whole(faults_of(draft, forming.source_of))
    given = asdict(draft)
    changed = {
        name: [_plain(getattr(held, name)), _plain(told)]
        for name, told in given.items()
        if getattr(held, name) != told
    }
    if changed:
        for name in changed:
            setattr(held, name, given[name])
        held.save(update_fields=list(changed))
        _tell("indicators.source_changed", held, {"changed": changed}, by, at)
    return held


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _tell(kind: str, source: Source, more: dict[str, object], by: Actor, at: datetime) -> None:
    record(
        kind,
        by=by,
        at=at,
        subject=f"source:{source.pk}",
        label=label_of(source),
        data={"source": source.code} | more,
    )
