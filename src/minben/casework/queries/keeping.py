"""How each agency keeps the time for its answers and other duties, counted by the database."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, Func, IntegerField, Q, Value, When

from minben.casework.models import Deadline
from minben.casework.queries.wall import NEVER_DONE
from minben.casework.rules import OWED_BY_LEAD, DeadlineKind, Outcome
from minben.kernel.ranks import nearest_rank


class WholeDays(Func):
    """Whole days from the second instant to the first, rounded down.

    Exact for a second one that is a midnight, as the beginnings of duties are. Nothing if either
    is missing.
    """

    output_field = IntegerField()
    template = "FLOOR(EXTRACT(EPOCH FROM (%(expressions)s)) / 86400)::integer"
    arg_joiner = " - "

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:  # Any: Django's
        return self.as_sql(
            compiler,
            connection,
            template="((CAST(strftime('%%%%s', %(expressions)s) AS INTEGER)) / 86400)",
            arg_joiner=") AS INTEGER) - CAST(strftime('%%s', ",
            **more,
        )


class Debtor(NamedTuple):
    """An agency by code and names."""

    code: str
    name_zh: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Kept:
    """How one agency keeps its time, as the first lead of the case.

    Args:
        n: answers given; median and p90 are days of one of these, the day of reaching not counted.
        on_time: of `decided`, those in time; decided are the answered ones whose date is good
            evidence, and those overdue now.
        others_on_time, others_decided: the same of plans, contacts and reports on what is under
            study, of which none comes from an archive; also of those never done.
    """

    agency: Debtor
    n: int
    median: int | None
    p90: int | None
    on_time: int
    decided: int
    overdue: int
    others_on_time: int = 0
    others_decided: int = 0


def kept_by_agency(at: datetime) -> Sequence[Kept]:
    """The figures of every agency with a duty done or overdue, by code. One query.

    One row for each agency and number of days, however many duties there are.
    """
    met, late = Q(outcome=Outcome.MET), Q(missed_at__isnull=False)
    never = NEVER_DONE & ~Q(kind=DeadlineKind.RESPONSE)
    rows = (
        Deadline.objects.filter(kind__in=OWED_BY_LEAD, agency__isnull=False)
        .filter(met | never | Q(outcome=Outcome.OPEN, due_at__lte=at))
        .order_by()
        .values_list("agency__code", "agency__name_zh", "agency__name_en")
        .annotate(
            days=Case(
                When(
                    met & Q(kind=DeadlineKind.RESPONSE),
                    then=WholeDays(F("outcome_at"), F("starts_at")) + 1,
                ),
                default=Value(None),
                output_field=IntegerField(),
            ),
            answers=Case(
                When(kind=DeadlineKind.RESPONSE, then=Value(1)),
                default=Value(0),
                output_field=IntegerField(),
            ),
            done=Count("pk", filter=met),
            in_time=Count("pk", filter=met & Q(outcome_at__lt=F("due_at"))),
            late=Count("pk", filter=met & late),
            overdue=Count("pk", filter=~met),
        )
        .order_by("agency__code", "days")
    )
    return [
        _kept(agency, [_Count(*row[3:]) for row in counts])
        for agency, counts in groupby(rows, key=lambda row: Debtor(*row[:3]))
    ]


class _Count(NamedTuple):
    """So many duties of an agency, that took so many days if they are answers and done."""

    days: int | None
    answers: int
    done: int
    in_time: int
    late: int
    overdue: int


@dataclass(slots=True)
class _Sum:
    done: int = 0
    in_time: int = 0
    late: int = 0
    overdue: int = 0
    days: list[int] = field(default_factory=list)

    def add(self, count: _Count) -> None:
        self.done += count.done
        self.in_time += count.in_time
        self.late += count.late
        self.overdue += count.overdue
        self.days += [count.days] * count.done if count.days is not None else []


def _kept(agency: Debtor, counts: Sequence[_Count]) -> Kept:
    answers, others = _Sum(), _Sum()
    for count in counts:
        (answers if count.answers else others).add(count)
    days = sorted(answers.days)
    return Kept(
        agency=agency,
        n=answers.done,
        median=nearest_rank(days, 50),
        p90=nearest_rank(days, 90),
        on_time=answers.in_time,
        decided=answers.in_time + answers.late + answers.overdue,
        overdue=answers.overdue,
        others_on_time=others.in_time,
        others_decided=others.in_time + others.late + others.overdue,
    )
