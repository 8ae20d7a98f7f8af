"""The dates of a case (期限) for everybody, and for officers when their agency was reminded (稽催)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from minben.base.sections import Reader, Section, Seen, register
from minben.casework.models import Deadline
from minben.casework.queries.dossier import Reminded
from minben.casework.queries.duties import duties_of_case, reminders_of
from minben.casework.queries.wall import State, days_over, state_of
from minben.casework.rules import Outcome
from minben.casework.words import DUTIES
from minben.kernel.periods import last_day

Loaded = Mapping[str, Any] | None  # Any: template context


@dataclass(frozen=True, slots=True)
class Dated:
    """A duty on a page.

    Args:
        state: how it stands; None for one that was cancelled or never done.
        days: past the last day, negative before it.
        first_day: the last day as first computed, if it was extended, with `reason`.
    """

    duty: str | Promise
    state: State | None
    due_at: datetime
    days: int
    basis: str
    first_day: date | None
    reason: str

    @property
    def distance(self) -> int:
        """How many days before or past the last day."""
        return abs(self.days)


def _dated(row: Deadline, at: datetime) -> Dated:
    extension = getattr(row, "extension", None)
    stands = row.outcome in (Outcome.OPEN, Outcome.MET) or row.missed_at is not None
    return Dated(
        duty=DUTIES.get(row.kind, row.kind),
        state=state_of(row, at) if stands else None,
        due_at=row.due_at,
        days=days_over(row, at),
        basis=row.basis,
        first_day=last_day(extension.from_due_at) if extension else None,
        reason=extension.reason if extension else "",
    )


def _clocks(seen: Seen) -> Loaded:
    """One query."""
    rows = [_dated(row, seen.at) for row in duties_of_case(seen.case_id)]
    return {"duties": rows} if rows else None


def _reminders(seen: Seen) -> Loaded:
    """No query where the page brought them along, else one."""
    rows = seen.told.get("reminders")
    if rows is None:
        rows = [
            Reminded(row.deadline.kind, row.mark, row.fired_at, row.told)
            for row in reminders_of(seen.case_id)
        ]
    told = [{"duty": DUTIES.get(row.kind, row.kind), "row": row} for row in rows]
    return {"reminders": told} if told else None


register(
    Section("clocks", _("Dates"), 5, Reader.PUBLIC, "casework/sections/clocks.html", _clocks),
    Section(
        "clocks", _("Reminders"), 85, Reader.STAFF, "casework/sections/reminders.html", _reminders
    ),
)
