"""What is observed now, or was at an earlier time (現行觀測值).

The newest import that was not withdrawn counts, key by key.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from minben.indicators.models import Observation

BATCH = 5000


@dataclass(frozen=True, slots=True)
class Seen:
    """One observation that counts.

    Args:
        indicator, unit: codes.
        value: None where the source has none or withholds it.
        n: people or cases it rests on.
        se: standard error, in the indicator's unit.
        status: SDMX code, see `rules.Status`.
        intake_id, file_id, place: where it came from.
    """

    indicator: str
    unit: str
    period: str
    value: float | None
    n: int | None
    se: float | None
    status: str
    intake_id: int
    file_id: int
    place: str


def observed(
    *,
    indicators: Collection[str] | None = None,
    units: Collection[str] | None = None,
    periods: Collection[str] | None = None,
    sources: Collection[str] | None = None,
    as_of: datetime | None = None,
) -> list[Seen]:
    """The observations that count, by indicator, period and unit.

    Args:
        indicators, units, periods, sources: codes; None: all.
        as_of: as it was known then; withdrawals of later do not count then.
    """
    rows = Observation.objects.filter(_counts(as_of))
    for name, wanted in (
        ("indicator__code", indicators),
        ("unit__code", units),
        ("period", periods),
        ("intake__source__code", sources),
    ):
        if wanted is not None:
            rows = rows.filter(**{f"{name}__in": list(wanted)})
    newest: dict[tuple[str, str, str], Seen] = {}
    for seen in _all(rows.order_by("intake_id")):
        newest[seen.indicator, seen.period, seen.unit] = seen  # the later import replaces it
    return [newest[key] for key in sorted(newest)]


def _counts(as_of: datetime | None) -> Q:
    if as_of is None:
        return Q(intake__withdrawn_at=None)
    standing = Q(intake__withdrawn_at=None) | Q(intake__withdrawn_at__gt=as_of)
    return standing & Q(intake__at__lte=as_of)


def _all(rows: QuerySet[Observation]) -> Iterator[Seen]:
    told = rows.values_list(
        "indicator__code",
        "unit__code",
        "period",
        "value",
        "n",
        "se",
        "status",
        "intake_id",
        "file_id",
        "place",
    )
    for row in told.iterator(chunk_size=BATCH):
        yield Seen(*row)
