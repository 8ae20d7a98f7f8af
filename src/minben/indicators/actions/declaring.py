"""Declaring indicators (登錄指標): a measure and all that must be known to read its numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db import transaction

from minben.audit.actions import record
from minben.indicators.actions.shared import held_source, label_of, one_by_one, require_whole
from minben.indicators.conduct import PREFIX, SOURCE
from minben.indicators.declared.drafts import IndicatorDraft
from minben.indicators.engine.faults import Fault
from minben.indicators.models import Break, Indicator, Observation, Source
from minben.kernel.actor import Actor

LISTS = {"code", "relations", "order", "breaks", "where"}
PLAIN = tuple(one.name for one in fields(IndicatorDraft) if one.name not in LISTS)
Difference = dict[str, list[Any]]  # Any: JSON values, before and after


@dataclass(frozen=True, slots=True)
class Declared:
    """What a declaration did, by code."""

    created: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]


@transaction.atomic
def declare_indicators(
    *, source_code: str, indicators: Sequence[IndicatorDraft], by: Actor, at: datetime
) -> Declared:
    """Declare indicators of a source, or declare them anew; the record keeps every difference.

    Those that are not in the list stay as they are. The same again changes nothing.

    Raises:
        Faulty: a code twice, or of another source; another scale while there are observations.
        Refusal: ``indicators_source_unknown``, ``indicators_not_yours``.
    """
    source = held_source(source_code, by)
    one_by_one("indicators")
    codes = [one.code for one in indicators]
    known = {
        one.code: one for one in Indicator.objects.filter(code__in=codes).prefetch_related("breaks")
    }
    require_whole(_faults(source, indicators, known))
    behind = source.indicators.count()
    changes: dict[str, Difference] = {}
    for place, draft in enumerate(indicators):
        if draft.code in known:
            changes[draft.code] = _changed(known[draft.code], draft)
        else:
            _created(source, draft, behind + place)
    done = Declared(
        created=tuple(code for code in codes if code not in known),
        changed=tuple(code for code in changes if changes[code]),
        unchanged=tuple(code for code in changes if not changes[code]),
    )
    if done.created or done.changed:
        record(
            "indicators.declared",
            by=by,
            at=at,
            subject=f"source:{source.pk}",
            label=label_of(source),
            data={
                "source": source.code,
                "created": list(done.created),
                "changed": list(done.changed),
                "differences": {code: changes[code] for code in done.changed},
            },
        )
    return done


def _faults(
    source: Source, drafts: Sequence[IndicatorDraft], known: Mapping[str, Indicator]
) -> list[Fault]:
    faults = []
    seen: set[str] = set()
    rescaled = {
        known[one.code].pk
        for one in drafts
        if one.code in known and known[one.code].scale != one.scale
    }
    observed = set(
        Observation.objects.filter(indicator_id__in=rescaled)
        .order_by("indicator_id")
        .values_list("indicator_id", flat=True)
        .distinct()
    )
    for one in drafts:
        there = known.get(one.code)
        if one.code in seen:
            faults.append(Fault(one.where, "stands_twice", f"'{one.code}' stands twice"))
        elif (there is not None and there.source_id != source.pk) or (
            one.code.startswith(PREFIX) and source.code != SOURCE
        ):
            text = f"'{one.code}' is an indicator of another source"
            faults.append(Fault(one.where, "of_another_source", text))
        elif there is not None and there.pk in observed:
            text = f"'{one.code}' has observations on the scale '{there.scale}': declare another"
            faults.append(Fault(one.where, "scale_in_use", text))
        seen.add(one.code)
    return faults


def _created(source: Source, draft: IndicatorDraft, order: int) -> None:
    plain = {name: getattr(draft, name) for name in PLAIN}
    made = Indicator.objects.create(
        code=draft.code,
        source=source,
        relations=list(draft.relations),
        order=order if draft.order is None else draft.order,
        **plain,
    )
    _set_breaks(made, draft)


def _changed(there: Indicator, draft: IndicatorDraft) -> Difference:
    """Write what differs, and tell it."""
    now = {name: getattr(draft, name) for name in PLAIN} | {"relations": list(draft.relations)}
    if draft.order is not None:
        now["order"] = draft.order
    found: Difference = {
        name: [_plain(getattr(there, name)), _plain(told)]
        for name, told in now.items()
        if getattr(there, name) != told
    }
    if found:
        for name in found:
            setattr(there, name, now[name])
        there.save(update_fields=list(found))
    was = [[one.period, one.note_zh, one.note_en] for one in there.breaks.all()]
    told = [[one.period, one.note_zh, one.note_en] for one in draft.breaks]
    if was != told:
        there.breaks.all().delete()
        _set_breaks(there, draft)
        found["breaks"] = [was, told]
    return found


def _plain(value: object) -> object:
    """Fractions as text: the ledger commits to what every machine writes alike."""
    return repr(value) if isinstance(value, float) else value


def _set_breaks(indicator: Indicator, draft: IndicatorDraft) -> None:
    Break.objects.bulk_create(
        Break(indicator=indicator, period=one.period, note_zh=one.note_zh, note_en=one.note_en)
        for one in draft.breaks
    )
