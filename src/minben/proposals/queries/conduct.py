"""Who takes part, month by month and by county (各縣市參與情形). No persons."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from minben.base.measuring import PLATFORM, Taken, share
from minben.proposals.models import Endorsement, Proposal


def since() -> datetime | None:
    """When the first proposal was filed."""
    found: datetime | None = Proposal.objects.aggregate(first=Min("filed_at"))["first"]
    return found


def endorsements(begins: datetime, ends: datetime) -> Iterable[Taken]:
    """Endorsements given in the span that count, by the county each was given from."""
    counts = _by_county(begins, ends)
    whole = sum(many for many, _ in counts.values())
    yield Taken(PLATFORM, float(whole), whole)
    for county, (many, people) in counts.items():
        if county:
            yield Taken(county, float(many), many, persons=people)


def share_of_endorsements(begins: datetime, ends: datetime) -> Iterable[Taken]:
    """What share of all endorsements of the span came from each county."""
    counts = _by_county(begins, ends)
    whole = sum(many for many, _ in counts.values())
    for county, (many, people) in counts.items():
        if county:
            yield Taken(county, share(many, whole), whole, persons=people)


def endorsers(begins: datetime, ends: datetime) -> Iterable[Taken]:
    """How many people endorsed at least once in the span, each once for the county they wrote."""
    rows = (
        Endorsement.objects.filter(
            at__gte=begins, at__lt=ends, invalidated_at=None, person__isnull=False
        )
        .order_by()
        .values_list("county")
        .annotate(people=Count("person", distinct=True))
    )
    whole = (
        Endorsement.objects.filter(at__gte=begins, at__lt=ends, invalidated_at=None)
        .aggregate(people=Count("person", distinct=True))
        .get("people")
        or 0
    )
    yield Taken(PLATFORM, float(whole), whole)
    for county, many in rows:
        if county:
            yield Taken(county, float(many), many, persons=many)


def proposers(begins: datetime, ends: datetime) -> Iterable[Taken]:
    """Proposals filed in the span, by the county of whoever proposed."""
    rows = Proposal.objects.filter(filed_at__gte=begins, filed_at__lt=ends)
    counts = _counted(rows, "proposer")
    whole = sum(many for many, _ in counts.values())
    yield Taken(PLATFORM, float(whole), whole)
    for county, (many, people) in counts.items():
        if county:
            yield Taken(county, float(many), many, persons=people)


def reached(begins: datetime, ends: datetime) -> Iterable[Taken]:
    """Of the windows that ended in the span, how many proposals reached their threshold.

    One that reached before its window's end has ended then.
    """
    ended = Q(reached_at__gte=begins, reached_at__lt=ends) | Q(
        reached_at=None, closes_at__gt=begins, closes_at__lte=ends, withdrawn_at=None
    )
    found = Proposal.objects.filter(ended).aggregate(
        whole=Count("pk"), reached=Count("pk", filter=Q(reached_at__isnull=False))
    )
    return [Taken(PLATFORM, share(found["reached"], found["whole"]), found["whole"])]


def _by_county(begins: datetime, ends: datetime) -> dict[str, tuple[int, int]]:
    rows = Endorsement.objects.filter(at__gte=begins, at__lt=ends, invalidated_at=None)
    return _counted(rows, "person")


def _counted(rows: "QuerySet[Any]", person: str) -> dict[str, tuple[int, int]]:
    """Rows by county, and the people behind them; archives name none, there each is somebody."""
    found = (
        rows.order_by()
        .values_list("county")
        .annotate(
            many=Count("pk"),
            known=Count(person, distinct=True),
            unnamed=Count("pk", filter=Q(**{person: None})),
        )
    )
    return {county: (many, known + unnamed) for county, many, known, unnamed in found}
