"""Keeping past cases, and what was suggested to whom; the only writers of this module."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from minben.assigning.models import Precedent, PrecedentGram
from minben.assigning.queries import Suggestion
from minben.assigning.rules import METHOD, SHOWN, norm_of, weights_of
from minben.audit import queries as audit
from minben.audit.actions import record
from minben.base.bulk import insert_rows
from minben.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class PastCase:
    """A case whose lead is known, with its text; agencies by id."""

    case_id: int
    jurisdiction_id: int
    subject: str
    content: str
    leads: tuple[int, ...]
    assists: tuple[int, ...]
    ticked: tuple[int, ...] | None
    since: date
    archived: bool


@transaction.atomic
def keep_precedents(*, cases: Sequence[PastCase], by: Actor, at: datetime) -> int:
    """Keep past cases for suggestions; one kept before is left alone. Returns how many are new."""
    weights = [weights_of(one.subject, one.content) for one in cases]
    Precedent.objects.bulk_create(
        [
            Precedent(
                case_id=one.case_id,
                jurisdiction_id=one.jurisdiction_id,
                leads=list(one.leads),
                assists=list(one.assists),
                ticked=None if one.ticked is None else list(one.ticked),
                since=one.since,
                archived=one.archived,
                norm=norm_of(pairs),
            )
            for one, pairs in zip(cases, weights, strict=True)
        ],
        # Two ticks may find the same case; the second adds no row and no pair.
        ignore_conflicts=True,
    )
    kept = dict(
        Precedent.objects.filter(case__in=[one.case_id for one in cases], grams=None).values_list(
            "case_id", "pk"
        )
    )
    insert_rows(
        PrecedentGram,
        ("precedent", "gram", "weight"),
        (
            (kept[one.case_id], pair, weight)
            for one, pairs in zip(cases, weights, strict=True)
            if one.case_id in kept
            for pair, weight in pairs.items()
        ),
    )
    return len(kept)


@transaction.atomic
def forget_precedent(*, case_id: int, by: Actor, at: datetime) -> None:
    """Drop what was kept of a case that is told differently now; the next tick keeps it anew."""
    Precedent.objects.filter(case_id=case_id).delete()


def tell_suggestion(*, case_id: int, suggestion: Suggestion, by: Actor, at: datetime) -> bool:
    """Record what somebody who decides was shown, unless the last that was shown said the same.

    Agencies and cases by their keys and shares in thousandths; no words of the proposal.
    """
    told = {
        "method": METHOD,
        "past_cases": suggestion.past_cases,
        "leads": [
            [voice.agency_id, voice.share, [near.key for near in voice.cases[:SHOWN]]]
            for voice in suggestion.leads
        ],
        "assists": [[voice.agency_id, voice.share] for voice in suggestion.assists],
    }
    subject = f"case:{case_id}"
    last = audit.latest("assigning.suggested", subject)
    if last and last.data == told:
        return False
    record("assigning.suggested", by=by, at=at, subject=subject, case_id=case_id, data=told)
    return True
