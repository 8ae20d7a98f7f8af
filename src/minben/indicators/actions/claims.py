"""Noting what is said of a survey's figures (登錄發布者之說法), and withdrawing a statement (撤回)."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from minben.audit.actions import record
from minben.indicators import catalogue
from minben.indicators.actions.shared import held_source, label_of, require_whole
from minben.indicators.declared.fields import Entry
from minben.indicators.declared.statements import ClaimDraft, claim_of
from minben.indicators.engine.faults import Fault
from minben.indicators.models import Claim, Indicator, Source, Unit
from minben.indicators.queries.claims import judgement
from minben.indicators.rules import TEXT_MAX
from minben.kernel.actor import Actor
from minben.kernel.refusal import Refusal

Fields = dict[str, Any]  # Any: values of columns


@transaction.atomic
def note_claim(
    *, source_code: str, draft: ClaimDraft, confirmed: str, by: Actor, at: datetime
) -> Claim:
    """Note a statement about figures that are there. What the rules find of it is never stored.

    Args:
        confirmed: `Judgement.seal` of the verdict that was seen; figures may change meanwhile.

    Raises:
        Faulty: a field is missing or wrong, or a figure is not there; `Fault.where` is its name.
        Refusal: ``indicators_source_unknown``, ``indicators_not_yours``,
            ``indicators_no_survey``, ``indicators_claim_there``, ``indicators_claim_unseen``.
    """
    source = held_source(source_code, by)
    if not source.survey:
        raise Refusal("indicators_no_survey")
    draft = _whole(draft)
    found = judgement(source, draft)
    fields = _fields(source, draft)
    if Claim.objects.filter(**fields, withdrawn_at=None).exists():
        raise Refusal("indicators_claim_there", field="words_zh")
    if found.seal != confirmed:
        raise Refusal("indicators_claim_unseen")
    order = Claim.objects.filter(source=source).count()
    made = Claim.objects.create(**fields, order=order, at=at, by=by.id)
    told = {name: value for name, value in _as_json(draft).items() if value}
    _tell("indicators.claim_noted", made, told | {"sha256": draft.sha256}, by, at)
    return made


@transaction.atomic
def withdraw_claim(
    *, source_code: str, claim_id: int, reason: str, by: Actor, at: datetime
) -> Claim:
    """Take a statement back. It stays to be read, with the reason, which is public.

    Raises:
        Refusal: ``indicators_source_unknown``, ``indicators_not_yours``,
            ``indicators_claim_unknown``, ``indicators_claim_withdrawn``, ``indicators_reason``.
    """
    source = held_source(source_code, by)
    held = Claim.objects.select_for_update().filter(source=source, pk=claim_id).first()
    if held is None:
        raise Refusal("indicators_claim_unknown")
    if held.withdrawn_at is not None:
        raise Refusal("indicators_claim_withdrawn")
    why = reason.strip()
    if not why or len(why) > TEXT_MAX:
        raise Refusal("indicators_reason", field="reason")
    held.withdrawn_at, held.withdrawn_by, held.withdrawn_why = at, by.id, why
    held.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    _tell("indicators.claim_withdrawn", held, {"reason": why}, by, at)
    return held


@transaction.atomic
def note_claims(
    *, source_code: str, claims: Sequence[ClaimDraft], by: Actor, at: datetime
) -> list[Claim]:
    """Note the statements of a document; those that were noted before are left as they are.

    A document may come before its figures, so these need not be there: until they are, the
    verdict says so. One that was withdrawn does not come back by the same document.

    Raises:
        Faulty: a field is missing or wrong, or names what is not there.
        Refusal: ``indicators_source_unknown``, ``indicators_not_yours``, ``indicators_no_survey``.
    """
    source = held_source(source_code, by)
    if claims and not source.survey:
        raise Refusal("indicators_no_survey")
    told = [_fields(source, _whole(one)) for one in claims]
    fresh = [one for one in told if not Claim.objects.filter(**one).exists()]
    order = Claim.objects.filter(source=source).count()
    made = [Claim(**one, order=order + place, at=at, by=by.id) for place, one in enumerate(fresh)]
    Claim.objects.bulk_create(made)
    if made:
        record(
            "indicators.claims_kept",
            by=by,
            at=at,
            subject=f"source:{source.pk}",
            label=label_of(source),
            data={"source": source.code, "claims": len(made)},
        )
    return made


def _whole(draft: ClaimDraft) -> ClaimDraft:
    """The draft as it would be read from a document: its number without sign marks. Raises Faulty."""
    entry = Entry(asdict(draft), str)
    told = claim_of(entry)
    require_whole(entry.faults)
    return told


def _fields(source: Source, draft: ClaimDraft) -> Fields:
    """The columns of a statement. Raises Faulty for an indicator or unit nobody knows."""
    indicator = Indicator.objects.filter(source=source, code=draft.indicator).first()
    unit = _unit(draft.unit)
    faults = [
        Fault(name, "not_there", f"'{told}' is not there")
        for name, told, there in (
            ("indicator", draft.indicator, indicator),
            ("unit", draft.unit, unit),
        )
        if there is None
    ]
    require_whole(faults)
    plain = asdict(draft) | {"figure": draft.number, "decimals": draft.decimals}
    return plain | {"source": source, "indicator": indicator, "unit": unit}


def _unit(code: str) -> Unit | None:
    """A unit; one of the catalogue enters the table when it is first named."""
    known = next((one for one in catalogue.units() if one.code == code), None)
    if known is None:
        return Unit.objects.filter(code=code).first()
    named = {"kind": known.kind, "name_zh": known.zh, "name_en": known.en}
    return Unit.objects.get_or_create(code=code, defaults=named)[0]


def _as_json(draft: ClaimDraft) -> Fields:
    told = asdict(draft)
    return told | {"said_on": draft.said_on.isoformat() if draft.said_on else ""}


def _tell(kind: str, claim: Claim, more: Fields, by: Actor, at: datetime) -> None:
    source = claim.source
    record(
        kind,
        by=by,
        at=at,
        subject=f"claim:{claim.pk}",
        label=label_of(source),
        data={"source": source.code, "claim": claim.pk} | more,
    )
