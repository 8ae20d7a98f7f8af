"""The clock wall (期限牆): the government's duties by how they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Count, Q, QuerySet

from minben.casework.models import Deadline
from minben.casework.rules import OWED_BY_LEAD, DeadlineKind, Outcome
from minben.kernel.periods import last_day, local_day

DUTIES = tuple(kind for kind in DeadlineKind if kind is not DeadlineKind.ENDORSE_CLOSE)
SOON = timedelta(days=7)
PER_PAGE = 100


class State(StrEnum):
    """How a duty stands."""

    OVERDUE = "overdue"  # 逾期未辦
    SOON = "soon"  # 七日內到期
    OPEN = "open"  # 進行中，含七日內到期
    EXTENDED = "extended"  # 曾延長
    EARLY = "early"  # 如期辦畢
    LATE = "late"  # 逾期辦畢
    NEVER = "never"  # 逾期且未辦


NEVER_DONE = Q(
    kind__in=OWED_BY_LEAD, missed_at__isnull=False, outcome__in=(Outcome.CANCELLED, Outcome.LAPSED)
)
"""Passed unmet, and then not owed any more, as a plan is not after the answer: still told."""


ENDED = (State.EARLY, State.LATE, State.NEVER)


def _in(state: State, at: datetime) -> Q:
    running, met = Q(outcome=Outcome.OPEN), Q(outcome=Outcome.MET)
    return {
        State.OVERDUE: running & Q(due_at__lte=at),
        State.SOON: running & Q(due_at__gt=at, due_at__lte=at + SOON),
        State.OPEN: running & Q(due_at__gt=at),
        State.EXTENDED: Q(extension__isnull=False),
        State.EARLY: met & Q(missed_at=None),
        State.LATE: met & Q(missed_at__isnull=False),
        State.NEVER: NEVER_DONE,
    }[state]


def _duties(agency: str) -> QuerySet[Deadline]:
    rows = Deadline.objects.filter(kind__in=DUTIES)
    return rows.filter(agency__code=agency) if agency else rows


def duties_by_state(at: datetime, agency: str = "") -> dict[State, int]:
    """How many duties stand how; a duty counts in each state it is in. One query."""
    counts = {state.value: Count("pk", filter=_in(state, at)) for state in State}
    found = _duties(agency).order_by().aggregate(**counts)
    return {state: found[state.value] for state in State}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of the wall goes on: after the duty with this due instant and id."""

    due_at: datetime
    pk: int


def duties_in(
    state: State, at: datetime, agency: str = "", after: Place | None = None
) -> tuple[Sequence[Deadline], Place | None]:
    """A page of duties with case, agency and extension, and where the next begins. One query.

    What runs comes by its due date, the longest overdue first; what has ended, newest first.
    """
    rows = _duties(agency).filter(_in(state, at)).select_related("case", "agency", "extension")
    ended = state in ENDED
    rows = rows.order_by("-due_at", "-pk") if ended else rows.order_by("due_at", "pk")
    if after:
        way = "lt" if ended else "gt"
        beyond = Q(**{f"due_at__{way}": after.due_at})
        rows = rows.filter(beyond | Q(due_at=after.due_at, **{f"pk__{way}": after.pk}))
    found = list(rows[: PER_PAGE + 1])
    more = len(found) > PER_PAGE
    page = found[:PER_PAGE]
    return page, Place(page[-1].due_at, page[-1].pk) if more else None


def state_of(duty: Deadline, at: datetime) -> State:
    """The one state a duty is shown in."""
    if duty.outcome == Outcome.OPEN:
        if duty.due_at <= at:
            return State.OVERDUE
        return State.SOON if duty.due_at <= at + SOON else State.OPEN
    if duty.outcome != Outcome.MET:
        return State.NEVER
    return State.LATE if duty.missed_at else State.EARLY


def days_over(duty: Deadline, at: datetime) -> int:
    """Whole days from the last day to when it was done, or to today; negative before it."""
    return (local_day(duty.outcome_at or at) - last_day(duty.due_at)).days
