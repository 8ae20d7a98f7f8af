"""Correcting a published response (更正): a row of its own, with both texts and the reason."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from minben.answering.actions.holding import held_case, signed
from minben.answering.models import Correction
from minben.answering.readers import readers_of
from minben.answering.rules import ADOPTION_BASIS, CORRECTION_BASIS
from minben.answering.rules.correcting import (
    ADOPTION,
    REASON_MAX,
    REASON_MIN,
    Text,
    corrected,
    correction_fault,
)
from minben.answering.telling import tell_readers
from minben.audit.actions import record
from minben.casework import actions as casework
from minben.casework import queries
from minben.casework.about import about_one
from minben.casework.rules import BLOCK_MAX, Adoption, DeadlineKind, Outcome
from minben.demands import queries as demands
from minben.kernel.actor import Actor
from minben.kernel.refusal import Refusal

if TYPE_CHECKING:
    from minben.casework.models import Case

MOST = {"text": BLOCK_MAX, "reason": REASON_MAX}


@transaction.atomic
def correct_response(
    *,
    case_id: int,
    response_id: int,
    block: str,
    text: str,
    reason: str,
    seen: int,
    by: Actor,
    at: datetime,
) -> Correction:
    """Correct one part of a published response, with a public reason.

    Args:
        block: one of the four, or ``adoption`` (then `text` is a code).
        seen: how many corrections the page showed that was written on.

    Raises:
        Refusal: ``not_lead_agency``, ``correction_unpublished``, ``correction_seen_other``,
            ``adoption_differs``, or what `correction_fault` says.
    """
    case = held_case(case_id, by, at)
    rows = {row.pk: row for row in queries.responses_of(case_id) if not row.archived}
    response = rows.get(response_id)
    if response is None or (block == ADOPTION and not response.adoption):
        raise Refusal("correction_unpublished", basis=CORRECTION_BASIS)
    so_far = list(Correction.objects.filter(response=response_id))
    if len(so_far) != seen:
        raise Refusal("correction_seen_other")
    now = corrected(Text(response.blocks, response.adoption), so_far)
    code, field = correction_fault(now, block, text, reason)
    if code:
        raise Refusal(
            code,
            basis=CORRECTION_BASIS,
            field=field,
            least=REASON_MIN,
            most=MOST.get(field, BLOCK_MAX),
        )
    if block == ADOPTION and demands.rolled_up(case_id) not in (None, text):
        raise Refusal("adoption_differs", basis=ADOPTION_BASIS, field="adoption")
    made = Correction.objects.create(
        response_id=response_id,
        case=case,
        agency_id=case.lead_id or 0,
        number=len(so_far) + 1,
        block=block,
        before=now.of(block),
        after=text.strip(),
        reason=reason.strip(),
        at=at,
        by=by.id,
    )
    _record(case, made, by, at)
    if block == ADOPTION:
        _follow(case, made, by, at)
    return made


def _record(case: "Case", made: Correction, by: Actor, at: datetime) -> None:
    record(
        "answering.corrected",
        by=by,
        at=at,
        subject=f"response:{made.response_id}",
        case_id=case.pk,
        label=case.lead.name_zh if case.lead else "",
        data={
            "response": made.response_id,
            "block": made.block,
            "number": made.number,
            "reason": made.reason,
        }
        | signed(case),
    )


def _follow(case: "Case", made: Correction, by: Actor, at: datetime) -> None:
    """The case is disposed of in another way: its clock, its page, and who was told follow."""
    if made.before == Adoption.UNDER_STUDY:
        casework.end_deadline(
            case_id=case.pk,
            kind=DeadlineKind.STUDY_RETURN,
            outcome=Outcome.CANCELLED,
            by=by,
            at=at,
        )
    if made.after == Adoption.UNDER_STUDY:
        casework.start_deadline(
            case=case, kind=DeadlineKind.STUDY_RETURN, starts_at=at, by=by, at=at
        )
    if readers := readers_of(case.origin):
        readers.follow(case.pk, made.after, by, at)
    tell_readers(
        "adoption_corrected",
        case,
        about_one(case.pk),
        fact=f"correction:{made.pk}",
        by=by,
        at=at,
        before=made.before,
        after=made.after,
        reason=made.reason,
    )
