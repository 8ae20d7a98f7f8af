"""The clock wall (期限牆): the government's duties by state, and how each agency keeps them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from minben.casework.models import Deadline
from minben.casework.rules import DeadlineKind, Outcome
from minben.kernel.periods import last_day, local_day
from minben.kernel.ranks import nearest_rank

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


ENDED = (State.EARLY, State.LATE)


def _in(state: State, at: datetime) -> Q:
    running, met = Q(outcome=Outcome.OPEN), Q(outcome=Outcome.MET)
    return {
        State.OVERDUE: running & Q(due_at__lte=at),
        State.SOON: running & Q(due_at__gt=at, due_at__lte=at + SOON),
        State.OPEN: running & Q(due_at__gt=at),
        State.EXTENDED: Q(extension__isnull=False),
        State.EARLY: met & Q(missed_at=None),
        State.LATE: met & Q(missed_at__isnull=False),
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
    return State.LATE if duty.missed_at else State.EARLY


def days_over(duty: Deadline, at: datetime) -> int:
    """Whole days from the last day to when it was done, or to today; negative before it."""
    return (local_day(duty.outcome_at or at) - last_day(duty.due_at)).days


class Debtor(NamedTuple):
    """An agency by code and names."""

    code: str
    name_zh: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Kept:
    """How one agency keeps the time for its answers, as the first lead of the case.

    Args:
        n: answers given; median and p90 are days of one of these, the day of reaching not counted.
        on_time: of `decided`, those in time; decided are the answered ones whose date is good
            evidence, and those overdue now.
    """

    agency: Debtor
    n: int
    median: int | None
    p90: int | None
    on_time: int
    decided: int
    overdue: int


def kept_by_agency(at: datetime) -> Sequence[Kept]:
    """The figures of every agency with an answer given or overdue, by code. One query."""
    rows = Deadline.objects.filter(kind=DeadlineKind.RESPONSE, agency__isnull=False)
    rows = rows.filter(Q(outcome=Outcome.MET) | _in(State.OVERDUE, at)).order_by("agency__code")
    # No object for each of thousands of rows: they are only counted.
    told = rows.values_list(
        "agency__code",
        "agency__name_zh",
        "agency__name_en",
        "starts_at",
        "due_at",
        "outcome_at",
        "missed_at",
    )
    found: dict[Debtor, list[_Dates]] = {}
    for code, name_zh, name_en, starts, due, outcome, missed in told.iterator(chunk_size=5000):
        dates = _Dates(starts, due, outcome, missed)
        found.setdefault(Debtor(code, name_zh, name_en), []).append(dates)
    return [_kept(agency, rows_of) for agency, rows_of in found.items()]


class _Dates(NamedTuple):
    starts_at: datetime
    due_at: datetime
    outcome_at: datetime | None
    missed_at: datetime | None


def _kept(agency: Debtor, rows: Sequence[_Dates]) -> Kept:
    # A duty starts at a midnight in Taiwan, whose days all have 24 hours.
    days = sorted((row.outcome_at - row.starts_at).days + 1 for row in rows if row.outcome_at)
    in_time = sum(row.outcome_at is not None and row.outcome_at < row.due_at for row in rows)
    late = sum(row.outcome_at is not None and row.missed_at is not None for row in rows)
    return Kept(
        agency=agency,
        n=len(days),
        median=nearest_rank(days, 50),
        p90=nearest_rank(days, 90),
        on_time=in_time,
        decided=in_time + late + len(rows) - len(days),
        overdue=len(rows) - len(days),
    )
