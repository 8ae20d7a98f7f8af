"""Deadlines (期限): begun once, stored, ended with an outcome, moved only by a lawful pause."""

from datetime import datetime

from django.db import transaction

from minben.audit.actions import record
from minben.base.each import each
from minben.casework.models import Case, Deadline, Pause
from minben.casework.queries import due_of
from minben.casework.rules import OWED_BY_LEAD, DeadlineKind, Outcome
from minben.casework.rules.reminding import next_mark
from minben.kernel.actor import SYSTEM, Actor
from minben.kernel.periods import Term, extend_for_pauses, start_of


@transaction.atomic
def start_deadline(
    *,
    case: Case,
    kind: DeadlineKind,
    term: Term | None = None,
    starts_at: datetime,
    by: Actor,
    at: datetime,
    pausable: bool = False,
    agency_id: int | None = None,
) -> Deadline:
    """Begin a deadline: `term` counted from `starts_at`, stored for good.

    Without a `term` it is the one of that name in the duties of the case's rule set. `pausable`
    ones (endorsing) get the time of every declared pause back. What the lead agency owes
    (`OWED_BY_LEAD`) is due from whoever leads now. Refuses ``beyond_calendar`` when working days
    are asked for beyond the shipped calendar. One that runs already is a programming error: end
    it first.
    """
    term = term or getattr(case.rule_set.rules.duties, kind.value)
    base_due_at = due_of(term, starts_at)
    begins = start_of(term.starts_on(starts_at))
    due_at = base_due_at
    if pausable:
        pauses = Pause.objects.filter(jurisdiction_id=case.jurisdiction_id, cancelled_at=None)
        due_at = extend_for_pauses(begins, base_due_at, [(p.starts_at, p.ends_at) for p in pauses])
    if kind in OWED_BY_LEAD:
        # Under the case's lock: naming another lead at the same moment can't be overlooked.
        agency_id = (
            Case.objects.select_for_update(of=("self",), no_key=True).get(pk=case.pk).lead_id
        )
    deadline = Deadline.objects.create(
        case=case,
        kind=kind,
        starts_at=begins,
        base_due_at=base_due_at,
        due_at=due_at,
        basis=term.basis,
        agency_id=agency_id,
        # Of what the lead owes, also while nobody leads yet: it waits for whoever will.
        remind_at=next_mark(due_at, begins) if agency_id or kind in OWED_BY_LEAD else None,
    )
    record(
        "casework.deadline_started",
        by=by,
        at=at,
        subject=f"deadline:{deadline.pk}",
        case_id=case.pk,
        data={
            "kind": kind,
            "starts_at": begins.isoformat(),
            "due_at": due_at.isoformat(),
            "basis": term.basis,
        },
    )
    return deadline


@transaction.atomic
def end_deadline(
    *, case_id: int, kind: DeadlineKind, outcome: Outcome, by: Actor, at: datetime
) -> bool:
    """End the running deadline of that kind; False when none runs (so twice is once).

    One that ends late is marked as missed first, so the record does not depend on whether a
    tick ran in between.
    """
    running = Deadline.objects.filter(case_id=case_id, kind=kind, outcome=Outcome.OPEN)
    if kind is not DeadlineKind.ENDORSE_CLOSE:
        for late in running.filter(due_at__lte=at, missed_at=None).select_related("agency"):
            _miss(late)
    ended = running.update(outcome=outcome, outcome_at=at)
    if ended:
        record(
            "casework.deadline_ended",
            by=by,
            at=at,
            subject=f"case:{case_id}",
            case_id=case_id,
            data={"kind": kind, "outcome": outcome},
        )
    return bool(ended)


def mark_missed(*, by: Actor, at: datetime) -> int:
    """Record, once each, that the government's own deadlines passed unmet; returns how many.

    Endorsing windows are no duty of the government: closing them is the proposals' own job.
    """
    late = Deadline.objects.filter(outcome=Outcome.OPEN, missed_at=None, due_at__lte=at).exclude(
        kind=DeadlineKind.ENDORSE_CLOSE
    )
    rows = list(late.select_related("agency"))
    return each(rows, lambda deadline: _miss(deadline))


@transaction.atomic
def _miss(deadline: Deadline) -> int:
    # Compare-and-set: of two ticks at once only one finds the row unmarked.
    if not Deadline.objects.filter(
        pk=deadline.pk, missed_at=None, outcome=Outcome.OPEN, due_at=deadline.due_at
    ).update(missed_at=deadline.due_at):
        return 0
    record(
        "casework.deadline_missed",
        by=SYSTEM,
        at=deadline.due_at,
        subject=f"deadline:{deadline.pk}",
        case_id=deadline.case_id,
        data={
            "kind": deadline.kind,
            "due_at": deadline.due_at.isoformat(),
            "basis": deadline.basis,
            "agency": deadline.agency.name_zh if deadline.agency else "",
        },
    )
    return 1


@transaction.atomic
def restore_paused_time(*, jurisdiction_id: int, by: Actor, at: datetime) -> int:
    """Give open endorsing windows the time of all pauses back; returns how many moved.

    Each is computed from its unchanged `base_due_at`, so doing it again changes nothing.
    """
    pauses = [
        (p.starts_at, p.ends_at)
        for p in Pause.objects.filter(jurisdiction_id=jurisdiction_id, cancelled_at=None)
    ]
    windows = Deadline.objects.select_for_update(of=("self",), no_key=True).filter(
        case__jurisdiction_id=jurisdiction_id,
        kind=DeadlineKind.ENDORSE_CLOSE,
        outcome=Outcome.OPEN,
    )
    moved = 0
    for window in windows:
        due_at = extend_for_pauses(window.starts_at, window.base_due_at, pauses)
        if due_at == window.due_at:
            continue
        before, window.due_at = window.due_at, due_at
        window.save(update_fields=["due_at"])
        record(
            "casework.deadline_moved",
            by=by,
            at=at,
            subject=f"deadline:{window.pk}",
            case_id=window.case_id,
            data={
                "kind": window.kind,
                "from": before.isoformat(),
                "to": due_at.isoformat(),
                "basis": window.basis,
            },
        )
        moved += 1
    return moved
