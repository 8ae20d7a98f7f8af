"""The handling plan (處理規劃): drafted, published version by version; the first ends the clock."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from minben.answering.actions.holding import held_case, signed
from minben.answering.models import Plan
from minben.answering.rules import (
    OFFICE_MAX,
    PLAN_BASIS,
    STEPS_MAX,
    SUMMARY_MAX,
    SUMMARY_MIN,
    Step,
    plan_faults,
)
from minben.answering.telling import tell_petitioner
from minben.audit.actions import record
from minben.casework import actions as casework
from minben.casework.about import about_one
from minben.casework.rules import DeadlineKind, Outcome
from minben.kernel.actor import Actor
from minben.kernel.refusal import Refusal

MOST = {"summary": SUMMARY_MAX, "steps": STEPS_MAX, "office": OFFICE_MAX}
# A draft may lack something; what it has must be fit to be read.
_LACKS = {"plan_summary_short", "plan_steps_missing", "office_missing"}


def _refuse(faults: dict[str, str]) -> None:
    for field, code in faults.items():
        raise Refusal(code, basis=PLAN_BASIS, field=field, least=SUMMARY_MIN, most=MOST[field])


@transaction.atomic
def draft_plan(
    *,
    case_id: int,
    summary: str,
    steps: Sequence[Step],
    office: str,
    revision: int,
    by: Actor,
    at: datetime,
) -> Plan:
    """Save the draft of the next version. `revision` is the one the writer opened (0: none yet).

    Raises:
        Refusal: ``not_lead_agency``, ``case_not_reached``, ``plan_after_answer``,
            ``draft_changed``, or what `plan_faults` says but for what a draft may lack.
    """
    case = held_case(case_id, by, at)
    if case.closed_at is not None:
        raise Refusal("plan_after_answer", basis=PLAN_BASIS)
    draft = Plan.objects.filter(case=case, published_at=None).first()
    if (draft.revision if draft else 0) != revision:
        raise Refusal("draft_changed")
    faults = plan_faults(summary, steps, office)
    _refuse({field: code for field, code in faults.items() if code not in _LACKS})
    if draft is None:
        draft = Plan(case=case, version=Plan.objects.filter(case=case).count() + 1, revision=0)
    draft.agency_id = case.lead_id or 0
    draft.summary, draft.office = summary.strip(), office.strip()
    draft.steps = [{"what": s["what"].strip(), "until": s["until"]} for s in steps]
    draft.drafted_by, draft.drafted_at = by.id, at
    draft.revision += 1
    draft.save()
    record(
        "answering.plan_drafted",
        by=by,
        at=at,
        subject=f"plan:{draft.pk}",
        case_id=case.pk,
        private={"revision": draft.revision},
    )
    return draft


@transaction.atomic
def publish_plan(*, case_id: int, revision: int, by: Actor, at: datetime) -> Plan:
    """Publish the draft that was shown (`revision`); the first version ends the day-7 clock.

    Raises:
        Refusal: as `draft_plan`, ``plan_not_drafted``, or what `plan_faults` says.
    """
    case = held_case(case_id, by, at)
    if case.closed_at is not None:
        raise Refusal("plan_after_answer", basis=PLAN_BASIS)
    draft = Plan.objects.filter(case=case, published_at=None).first()
    if draft is None:
        raise Refusal("plan_not_drafted", basis=PLAN_BASIS)
    if draft.revision != revision:
        raise Refusal("draft_changed")
    _refuse(plan_faults(draft.summary, draft.steps, draft.office))
    draft.agency_id = case.lead_id or 0
    draft.published_by, draft.published_at = by.id, at
    draft.save(update_fields=["agency", "published_by", "published_at"])
    casework.end_deadline(
        case_id=case.pk, kind=DeadlineKind.HANDLING_PLAN, outcome=Outcome.MET, by=by, at=at
    )
    record(
        "answering.plan_published",
        by=by,
        at=at,
        subject=f"plan:{draft.pk}",
        case_id=case.pk,
        label=case.lead.name_zh if case.lead else "",
        data={"plan": draft.pk, "version": draft.version} | signed(case),
    )
    tell_petitioner(
        "plan_published",
        case,
        about_one(case.pk),
        fact=f"plan:{draft.pk}",
        by=by,
        at=at,
        summary=draft.summary,
        steps=draft.steps,
        office=draft.office,
        version=draft.version,
    )
    return draft
