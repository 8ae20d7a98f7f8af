"""Reminding agencies of what they owe (稽催): each mark of each due date once, whoever ticks.

The mark, the letters and the next mark are one transaction of a batch of duties: who is killed has done all
of it or nothing. Rows another tick holds are passed over; that one, or the next, does them.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import InterfaceError, OperationalError, transaction

from minben.base.each import each
from minben.casework.about import About, about
from minben.casework.models import Deadline, Reminder
from minben.casework.rules import Outcome
from minben.casework.rules.reminding import instant_of, mark_at, next_mark, roles_told
from minben.kernel.actor import Actor
from minben.kernel.periods import last_day, local_day
from minben.notify import actions as notify
from minben.people.holders import Holder, holders_in

BATCH = 200


def remind_due(*, by: Actor, at: datetime) -> int:
    """Tell agencies of every duty whose mark has come; returns how many marks fired.

    A batch that fails is done again row by row, so that one broken row stops no other.
    """
    due = list(_due(at).order_by("remind_at", "pk").values_list("pk", flat=True))
    batches = [due[place : place + BATCH] for place in range(0, len(due), BATCH)]
    return each(batches, lambda pks: _remind_together(pks, by, at))


def _due(at: datetime) -> Any:  # Any: a queryset of rows
    return Deadline.objects.filter(
        outcome=Outcome.OPEN, agency__isnull=False, remind_at__lte=at
    ).order_by("pk")


def _remind_together(pks: Sequence[int], by: Actor, at: datetime) -> int:
    try:
        return _remind(pks, by, at)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        if len(pks) == 1:
            raise
        return each(pks, lambda pk: _remind([pk], by, at))


@transaction.atomic
def _remind(pks: Sequence[int], by: Actor, at: datetime) -> int:
    rows: list[Deadline] = list(
        _due(at)
        .filter(pk__in=pks)
        .select_related("case")
        .select_for_update(of=("self",), no_key=True, skip_locked=True)
    )
    marks = {row.pk: mark_at(row.due_at, at) for row in rows}
    # One that began after the mark before it is only set to the mark to come.
    fired = [
        (row, mark)
        for row in rows
        if (mark := marks[row.pk]) is not None
        and row.remind_at is not None
        and instant_of(mark, row.due_at) >= row.remind_at
    ]
    told = _tell(fired, by, at)
    Reminder.objects.bulk_create(
        Reminder(deadline=row, mark=mark, due_at=row.due_at, fired_at=at, told=told[row.pk])
        for row, mark in fired
    )
    for row in rows:
        row.remind_at = next_mark(row.due_at, at)
    Deadline.objects.bulk_update(rows, ["remind_at"])
    return len(fired)


def _tell(fired: Sequence[tuple[Deadline, int]], by: Actor, at: datetime) -> dict[int, int]:
    """Write the letters; how many people were told of each duty, by its id. Few queries."""
    holders = holders_in({row.agency_id for row, _ in fired if row.agency_id}, at)
    cases = about([row.case_id for row, _ in fired])
    told = {}
    for row, mark in fired:
        readers = _readers(holders.get(row.agency_id or 0, ()), mark)
        told[row.pk] = len(readers)
        notify.enqueue_all(
            "casework.overdue"
            if mark < 0
            else "casework.due_ahead"
            if mark
            else "casework.due_today",
            fact=f"deadline:{row.pk}:{last_day(row.due_at).isoformat()}:{mark}",
            readers=readers,
            context=_context(row, cases.get(row.case_id), at),
            by=by,
            at=at,
        )
    return told


def _readers(holders: Sequence[Holder], mark: int) -> list[notify.Reader]:
    """Officers first; an agency that has none is told through its lead from the first mark on."""
    roles = roles_told(mark)
    found = [one for one in holders if one.role in roles]
    if not found:
        found = [one for one in holders if one.role in roles_told(-1)]
    people = {one.user_id: one for one in found}
    return [notify.Reader(f"person:{pk}", one.address, one.language) for pk, one in people.items()]


def _context(row: Deadline, case: About | None, at: datetime) -> Mapping[str, Any]:  # Any: JSON
    last = last_day(row.due_at)
    return {
        "deadline": row.pk,
        "due_at": row.due_at.isoformat(),
        "kind": row.kind,
        "number": row.case.number,
        "subject": case.subject if case else "",
        "due": last.isoformat(),
        "days": abs((last - local_day(at)).days),
        "basis": row.basis,
    }
