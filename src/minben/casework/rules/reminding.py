"""When an agency is reminded of what it owes, and who of it (稽催：提醒與逾期升級). Pure.

Thirty, fourteen, seven and one day before the last day, on it, the day after, and every seven
days from then on while it is not done. A mark is the number of days before the last day, below
zero after it. It falls on nine in the morning of Taiwan, when offices open. A mark before
the duty began, or before its date was moved, does not count.

Basis: rules of this platform; 公共政策網路參與實施要點 states the dates, not the reminders.
"""

from datetime import datetime, timedelta
from typing import Final

from minben.kernel.actor import Role
from minben.kernel.periods import last_day, start_of

BEFORE: Final = (30, 14, 7, 1, 0)
AGAIN: Final = 7
"""Days from one mark after the last day to the next."""
ESCALATES: Final = 7
"""From this mark on the lead of the agency is told as well."""
OPENS: Final = timedelta(hours=9)
_DAY: Final = timedelta(days=1)


def instant_of(mark: int, due_at: datetime) -> datetime:
    """When a mark of a duty due at `due_at` (exclusive) falls."""
    return start_of(last_day(due_at)) - mark * _DAY + OPENS


def next_mark(due_at: datetime, after: datetime) -> datetime:
    """The first instant of a mark later than `after`; there always is one."""
    for mark in BEFORE:
        if instant_of(mark, due_at) > after:
            return instant_of(mark, due_at)
    first = instant_of(-1, due_at)
    passed = (after - first) // (AGAIN * _DAY) + 1 if after >= first else 0
    return first + passed * AGAIN * _DAY


def mark_at(due_at: datetime, at: datetime) -> int | None:
    """The newest mark at or before `at`, or None before the first of all.

    A tick that comes late finds this one only: nobody gets a letter for each that went by.
    """
    first = instant_of(-1, due_at)
    if at >= first:
        return -1 - (at - first) // (AGAIN * _DAY) * AGAIN
    return next((mark for mark in reversed(BEFORE) if instant_of(mark, due_at) <= at), None)


def roles_told(mark: int) -> tuple[Role, ...]:
    """Whose letters a mark sends: officers; with a week left the lead too; overdue, also the
    participation officer (開放政府聯絡人).
    """
    if mark > ESCALATES:
        return (Role.OFFICER,)
    if mark >= 0:
        return (Role.OFFICER, Role.LEAD)
    return (Role.OFFICER, Role.LEAD, Role.PARTICIPATION)
