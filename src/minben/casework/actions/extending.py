"""Extending the time for an answer (延長回應期限): the same deadline moves, and says why."""

from datetime import date, datetime

from django.db import transaction

from minben.audit.actions import record
from minben.casework.models import Case, Deadline, Extension
from minben.casework.permissions import may_answer
from minben.casework.queries import latest_extension
from minben.casework.rules import DeadlineKind, Outcome
from minben.casework.rules.extending import REASON_MAX, REASON_MIN, extension_fault
from minben.casework.rules.reminding import next_mark
from minben.kernel.actor import Actor
from minben.kernel.periods import end_of, last_day
from minben.kernel.refusal import Refusal

FIELDS = {
    "extension_backwards": "until",
    "extension_too_long": "until",
    "extension_reason": "reason",
    "extension_reason_too_long": "reason",
}


@transaction.atomic
def extend_deadline(
    *, case_id: int, kind: DeadlineKind, until: date, reason: str, by: Actor, at: datetime
) -> Extension:
    """Extend the running deadline of that kind to the end of the day `until`, once and in public.

    Raises:
        Refusal: ``not_lead_agency``, or what `extension_fault` says.
    """
    case = (
        Case.objects.select_for_update(of=("self",), no_key=True)
        .select_related("rule_set", "lead")
        .get(pk=case_id)
    )
    rows = Deadline.objects.select_for_update(of=("self",), no_key=True).filter(
        case=case, kind=kind
    )
    deadline = rows.order_by("-pk").first()
    term = case.rule_set.rules.duties.extension
    if not may_answer(by, case):
        raise Refusal("not_lead_agency", basis=term.basis)
    if deadline is None:
        raise Refusal("extension_over", basis=term.basis)
    latest = latest_extension(case, deadline)
    if code := extension_fault(
        kind=kind,
        outcome=Outcome(deadline.outcome),
        due_at=deadline.due_at,
        extended=Extension.objects.filter(deadline=deadline).exists(),
        until=until,
        latest=latest,
        reason=reason,
        at=at,
    ):
        raise Refusal(
            code,
            basis=term.basis,
            field=FIELDS.get(code),
            rule=term.basis,
            due=last_day(deadline.due_at).isoformat(),
            latest=last_day(latest).isoformat(),
            least=REASON_MIN,
            most=REASON_MAX,
        )
    extension = Extension.objects.create(
        deadline=deadline,
        from_due_at=deadline.due_at,
        to_due_at=end_of(until),
        latest_due_at=latest,
        reason=reason.strip(),
        basis=term.basis,
        at=at,
        by=by.id,
    )
    deadline.due_at = extension.to_due_at
    deadline.remind_at = next_mark(deadline.due_at, at)
    deadline.save(update_fields=["due_at", "remind_at"])
    _record(case, extension, kind, by, at)
    return extension


def _record(case: Case, extension: Extension, kind: DeadlineKind, by: Actor, at: datetime) -> None:
    lead = case.lead
    record(
        "casework.deadline_extended",
        by=by,
        at=at,
        subject=f"deadline:{extension.deadline_id}",
        case_id=case.pk,
        label=lead.name_zh if lead else "",
        data={
            "kind": kind,
            "from": extension.from_due_at.isoformat(),
            "to": extension.to_due_at.isoformat(),
            "latest": extension.latest_due_at.isoformat(),
            "basis": extension.basis,
            "agency": {"zh": lead.name_zh, "en": lead.name_en} if lead else "",
            "reason": extension.reason,
        },
    )
