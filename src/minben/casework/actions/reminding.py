"""Reminding agencies of what they owe (稽催): each mark of each due date once, whoever ticks.

The marks, the letters and the marks to come are one transaction of a batch of duties: who is
killed has done all of it or nothing. Rows another tick holds are passed over; that one, or the
next, does them. Whoever is told of several duties of an agency gets one letter.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
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

IN_A_LETTER = 100
BATCH = 200
Fired = tuple[Deadline, int]
"""A duty and the mark of it that came."""


def remind_due(*, by: Actor, at: datetime) -> int:
    """Tell agencies of every duty whose mark has come; returns how many marks fired.

    A batch that fails is done again row by row, so that one broken row stops no other.
    """
    due = _due(at).order_by("agency_id", "pk").values_list("pk", "agency_id")
    return each(_batches(list(due)), lambda pks: _remind_together(pks, by, at))


def _batches(due: Sequence[tuple[int, int | None]]) -> Iterator[list[int]]:
    """Duties of one agency together, so many in a letter; several agencies in a transaction."""
    batch: list[int] = []
    for _, rows in groupby(due, key=lambda row: row[1]):
        pks = [pk for pk, _ in rows]
        for place in range(0, len(pks), IN_A_LETTER):
            batch += pks[place : place + IN_A_LETTER]
            if len(batch) >= BATCH or place + IN_A_LETTER < len(pks):
                yield batch
                batch = []
    if batch:
        yield batch


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
    # One that began after the mark before it is only set to the mark to come.
    fired = [
        (row, mark)
        for row in rows
        if (mark := mark_at(row.due_at, at)) is not None
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


def _tell(fired: Sequence[Fired], by: Actor, at: datetime) -> Counter[int]:
    """Write the letters; how many people were told of each duty, by its id."""
    by_agency: dict[int, list[Fired]] = {}
    for row, mark in fired:
        by_agency.setdefault(row.agency_id or 0, []).append((row, mark))
    holders = holders_in(by_agency, at)
    cases = about([row.case_id for row, _ in fired])
    told: Counter[int] = Counter()
    for agency_id, owed in by_agency.items():
        letters: dict[int, tuple[Holder, list[Fired]]] = {}
        for one in sorted(owed, key=lambda one: (one[0].due_at, one[0].pk)):
            for holder in _readers(holders.get(agency_id, ()), one[1]):
                letters.setdefault(holder.user_id, (holder, []))[1].append(one)
                told[one[0].pk] += 1
        for holder, duties in letters.values():
            _write(holder, duties, cases, by, at)
    return told


def _readers(holders: Sequence[Holder], mark: int) -> list[Holder]:
    """Who is told of that mark; an agency without officers is told through its lead."""
    roles = roles_told(mark)
    found = [one for one in holders if one.role in roles]
    if not found:
        found = [one for one in holders if one.role in roles_told(-1)]
    people: dict[int, Holder] = {}
    for one in found:
        people.setdefault(one.user_id, one)
    return list(people.values())


def _write(
    holder: Holder, duties: Sequence[Fired], cases: dict[int, About], by: Actor, at: datetime
) -> None:
    """One letter about duties of one agency, the most pressing first."""
    first, mark = duties[0]
    more = f" (+{len(duties) - 1})" if len(duties) > 1 else ""
    items = [_item(row, cases.get(row.case_id), at) for row, _ in duties]
    notify.enqueue_all(
        "casework.overdue" if mark < 0 else "casework.due_ahead" if mark else "casework.due_today",
        fact=f"deadline:{first.pk}:{last_day(first.due_at).isoformat()}:{mark}",
        readers=[notify.Reader(f"person:{holder.user_id}", holder.address, holder.language)],
        context={
            "due": items[0]["due"],
            "subject": f"{items[0]['subject']}{more}",
            "items": items,
        },
        by=by,
        at=at,
    )


def _item(row: Deadline, case: About | None, at: datetime) -> dict[str, Any]:  # Any: JSON values
    last = last_day(row.due_at)
    return {
        "deadline": row.pk,
        "due_at": row.due_at.isoformat(),
        "kind": row.kind,
        "number": row.case.number,
        "subject": case.subject if case else "",
        "due": last.isoformat(),
        "left": (last - local_day(at)).days,
        "over": (local_day(at) - last).days,
        "basis": row.basis,
    }
