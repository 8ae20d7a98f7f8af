"""What a page of the clock wall shows (期限牆), for the page and its twin alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise

from minben.casework.about import About, about
from minben.casework.queries.keeping import Kept, kept_by_agency
from minben.casework.queries.wall import (
    Place,
    State,
    days_over,
    duties_by_state,
    duties_in,
    state_of,
)
from minben.casework.words import DUTIES
from minben.kernel.periods import last_day


@dataclass(frozen=True, slots=True)
class Line:
    """One duty.

    Args:
        subject, path: of the case, and its page without language; empty while it is not public.
        agency: who owes it; None where the platform's own office does. Any: the model is private.
        first_day: the last day as first computed, if it was extended, with `reason`.
        days: past the last day; negative before it.
    """

    number: str
    subject: str
    path: str
    agency: Any
    kind: str
    state: State
    due: date
    first_day: date | None
    reason: str
    days: int

    @property
    def duty(self) -> str | Promise:
        """What is owed, in words."""
        return DUTIES.get(self.kind, self.kind)

    @property
    def distance(self) -> int:
        """How many days before or past the last day."""
        return abs(self.days)


@dataclass(frozen=True, slots=True)
class Wall:
    """A page of the wall. `after` is where the next page begins, as its address says it.

    `unknown`: a state was asked for that nobody knows, and left out.
    """

    state: State
    unknown: str
    agency: str
    counts: dict[State, int]
    lines: Sequence[Line]
    after: str
    kept: Sequence[Kept]


def wall(at: datetime, state: str, agency: str, after: str) -> Wall:
    """The page asked for; nonsense is the first page of what is overdue. Three queries,
    and one for every origin of cases."""
    shown = State(state) if state in list(State) else State.OVERDUE
    agency = agency if agency.isprintable() else ""
    counts = duties_by_state(at, agency)
    duties, place = duties_in(shown, at, agency, _place(after))
    cases = about([duty.case_id for duty in duties])
    return Wall(
        state=shown,
        unknown=state if state and state != shown else "",
        agency=agency,
        counts=counts,
        lines=[_line(duty, cases.get(duty.case_id), at) for duty in duties],
        after=f"{place.due_at.isoformat()},{place.pk}" if place else "",
        kept=kept_by_agency(at),
    )


def _line(duty: Any, case: About | None, at: datetime) -> Line:  # Any: the model is private
    extension = getattr(duty, "extension", None)
    public = case if case and case.public else None
    return Line(
        number=duty.case.number,
        subject=public.subject if public else "",
        path=public.path if public else "",
        agency=duty.agency,
        kind=duty.kind,
        state=state_of(duty, at),
        due=last_day(duty.due_at),
        first_day=last_day(extension.from_due_at) if extension else None,
        reason=extension.reason if extension else "",
        days=days_over(duty, at),
    )


def _place(told: str) -> Place | None:
    due, _, pk = told.partition(",")
    try:
        at = datetime.fromisoformat(due)
        return Place(at, int(pk)) if at.tzinfo and 0 < int(pk) < 2**62 else None
    except ValueError:
        return None
