"""How agencies keep their duties, month by month (機關辦理情形), from the stored dates."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from statistics import median

from django.db.models import Min

from minben.base.measuring import PLATFORM, Taken, share
from minben.casework.models import Case, Deadline, Extension
from minben.casework.queries.wall import DUTIES
from minben.casework.rules import DeadlineKind, Outcome
from minben.kernel.periods import local_day


def since() -> datetime | None:
    """When the first case was filed."""
    found: datetime | None = Case.objects.aggregate(first=Min("filed_at"))["first"]
    return found


def answers_in_time(begins: datetime, ends: datetime) -> Iterable[Taken]:
    """Of the answers due in the span, how many were published before their due instant.

    A stamp that proves nothing, as of an archive's, is neither in time nor late. An extension
    moves the due instant. Due at the last instant of a month counts in that month.
    """
    rows = Deadline.objects.filter(
        kind=DeadlineKind.RESPONSE, due_at__gt=begins, due_at__lte=ends
    ).exclude(outcome=Outcome.CANCELLED)
    kept: defaultdict[str, list[bool]] = defaultdict(list)
    for agency, outcome, done, due, missed in rows.order_by("pk").values_list(
        "agency__code", "outcome", "outcome_at", "due_at", "missed_at"
    ):
        in_time = outcome == Outcome.MET and missed is None and done is not None and done < due
        if not in_time and missed is None and outcome == Outcome.MET:
            continue
        for unit in _units(agency):
            kept[unit].append(in_time)
    kept.setdefault(PLATFORM, [])
    return [Taken(unit, share(sum(told), len(told)), len(told)) for unit, told in kept.items()]


def days_to_answer(begins: datetime, ends: datetime) -> Iterable[Taken]:
    """The median of days from the day a case reached to its answer, of answers of the span."""
    rows = Deadline.objects.filter(
        kind=DeadlineKind.RESPONSE,
        outcome=Outcome.MET,
        outcome_at__gte=begins,
        outcome_at__lt=ends,
    )
    days: defaultdict[str, list[int]] = defaultdict(list)
    for agency, start, done in rows.order_by("pk").values_list(
        "agency__code", "starts_at", "outcome_at"
    ):
        for unit in _units(agency):
            days[unit].append((local_day(done) - local_day(start)).days if done else 0)
    days.setdefault(PLATFORM, [])
    return [
        Taken(unit, float(median(told)) if told else None, len(told)) for unit, told in days.items()
    ]


def duties_missed(begins: datetime, ends: datetime) -> Iterable[Taken]:
    """Duties whose last day passed in the span without their being done."""
    rows = Deadline.objects.filter(kind__in=DUTIES, missed_at__gte=begins, missed_at__lt=ends)
    return _counted(rows.order_by("pk").values_list("agency__code", flat=True))


def extensions(begins: datetime, ends: datetime) -> Iterable[Taken]:
    """Answers that were given more time in the span."""
    rows = Extension.objects.filter(at__gte=begins, at__lt=ends)
    return _counted(rows.order_by("pk").values_list("deadline__agency__code", flat=True))


def cases_filed(begins: datetime, ends: datetime) -> Iterable[Taken]:
    """Cases that were filed in the span."""
    many = Case.objects.filter(filed_at__gte=begins, filed_at__lt=ends).count()
    return [Taken(PLATFORM, float(many), many)]


def _units(agency: str | None) -> Iterator[str]:
    yield PLATFORM
    if agency:
        yield agency


def _counted(agencies: Iterable[str | None]) -> Iterable[Taken]:
    found: defaultdict[str, int] = defaultdict(int, {PLATFORM: 0})
    for agency in agencies:
        for unit in _units(agency):
            found[unit] += 1
    return [Taken(unit, float(many), many) for unit, many in found.items()]
