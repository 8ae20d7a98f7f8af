"""Who endorsed, when, from where and why (附議名單), and the curve of their number (附議曲線)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page
from django.db.models import Count, QuerySet

from minben.kernel.periods import last_day, local_day
from minben.proposals import curve
from minben.proposals.models import CurvePoint, Endorsement
from minben.proposals.queries.facts import Facts
from minben.proposals.queries.pages import paged

PER_PAGE = 50
RECENT = 8


@dataclass(frozen=True, slots=True)
class EndorsementLine:
    """One endorsement as everybody may see it."""

    number: int
    at: datetime
    nickname: str
    county: str
    township: str
    reason: str


@dataclass(frozen=True, slots=True)
class CountyCount:
    """How many came from a county."""

    county: str
    n: int


@dataclass(frozen=True, slots=True)
class Curve:
    """The drawing, the table behind it, and the days it speaks of."""

    drawing: curve.Drawing
    rows: tuple[curve.Row, ...]

    @property
    def seen_until(self) -> date:
        """The last day a count is known for."""
        return self.rows[-1].day


def _line(row: Endorsement) -> EndorsementLine:
    return EndorsementLine(
        row.number or 0, row.at, row.nickname, row.county, row.township, row.reason
    )


def _chosen(proposal_id: int, county: str, reason_only: bool) -> QuerySet[Endorsement]:
    rows = Endorsement.objects.filter(
        proposal_id=proposal_id, number__isnull=False, invalidated_at=None
    ).order_by("-number")
    if county:
        rows = rows.filter(county=county)
    return rows.exclude(reason="") if reason_only else rows


def recent_endorsements(proposal_id: int, limit: int = RECENT) -> tuple[EndorsementLine, ...]:
    """The newest endorsements. One query, whatever their number."""
    return tuple(_line(row) for row in _chosen(proposal_id, "", False)[:limit])


def endorsement_page(
    proposal_id: int, number: str | None, *, county: str = "", reason_only: bool = False
) -> "Page[Any]":  # Any: EndorsementLine
    """One page of the list, newest first. Two queries."""
    return paged(_chosen(proposal_id, county, reason_only), number, PER_PAGE, _line)


def counties_of(proposal_id: int) -> tuple[CountyCount, ...]:
    """How many endorsed from where, most first; an empty name where it was not told. One query."""
    rows = (
        Endorsement.objects.filter(
            proposal_id=proposal_id, number__isnull=False, invalidated_at=None
        )
        .order_by()
        .values_list("county")
        .annotate(n=Count("pk"))
    )
    found = [CountyCount(county, n) for county, n in rows]
    return tuple(sorted(found, key=lambda one: (-one.n, one.county)))


def endorsement_rows(proposal_id: int) -> Iterator[EndorsementLine]:
    """All endorsements in order, for a download; read in portions. One query."""
    rows = _chosen(proposal_id, "", False).order_by("number")
    for row in rows.iterator(chunk_size=2000):
        yield _line(row)


def curve_of(proposal: Facts, at: datetime) -> Curve | None:
    """The curve from opening until now or the close; None before it opens. One or two queries."""
    if proposal.opens_at is None or proposal.closes_at is None or at < proposal.opens_at:
        return None
    first, last = local_day(proposal.opens_at), last_day(proposal.closes_at)
    until = min(local_day(at), last)
    points = _known_points(proposal.pk)
    if not proposal.archived or not points:
        points = curve.carried(points, first, until)
    if not points or (proposal.endorsed and not points[-1].total):
        return None  # an archive told the final number only
    drawing = curve.draw(points, proposal.threshold, min(first, points[0].day), last)
    return Curve(drawing, tuple(curve.table(points)))


def _known_points(proposal_id: int) -> list[curve.Point]:
    rows = CurvePoint.objects.filter(proposal_id=proposal_id).order_by("day")
    return [curve.Point(day, total) for day, total in rows.values_list("day", "total")]
