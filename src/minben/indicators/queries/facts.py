"""One indicator, one unit, one source (單項查詢): what was observed, and how it changed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from minben.indicators.models import Break, Indicator, Observation, Source, Unit
from minben.indicators.rules import Status, looks_like_a_code


@dataclass(frozen=True, slots=True)
class Fact:
    """One value that counts, and where it came from.

    Args:
        before: values of earlier imports that differ, the newest first, with their dates; none of
            what is suppressed now.
    """

    indicator: str
    unit: str
    period: str
    value: float | None
    n: int | None
    se: float | None
    status: str
    intake: int
    brought: datetime
    place: str
    file: str
    before: tuple[tuple[datetime, float | None], ...]


class _Version(NamedTuple):
    """A value as one import brought it."""

    value: float | None
    n: int | None
    se: float | None
    status: str
    intake: int
    brought: datetime
    place: str
    file: str


def facts(*, indicator: Indicator | None = None, unit: Unit | None = None) -> list[Fact]:
    """The values of an indicator or of a unit, by indicator, period and unit. One statement."""
    rows = Observation.objects.filter(intake__withdrawn_at=None)
    if indicator is not None:
        rows = rows.filter(indicator=indicator)
    if unit is not None:
        rows = rows.filter(unit=unit)
    found: dict[tuple[str, str, str], list[_Version]] = defaultdict(list)
    for row in rows.order_by("intake_id").values_list(
        "indicator__code",
        "period",
        "unit__code",
        "value",
        "n",
        "se",
        "status",
        "intake__number",
        "intake__at",
        "place",
        "file__name",
    ):
        found[row[:3]].append(_Version(*row[3:]))
    return [_fact(key, versions) for key, versions in sorted(found.items())]


def _fact(key: tuple[str, str, str], versions: Sequence[_Version]) -> Fact:
    now = versions[-1]
    before: list[tuple[datetime, float | None]] = []
    # What is withheld to protect people is not told by what it was before.
    told = versions[:-1] if now.status != Status.SUPPRESSED else ()
    for earlier in reversed(told):
        if earlier.value != (before[-1][1] if before else now.value):
            before.append((earlier.brought, earlier.value))
    code, period, unit = key
    return Fact(code, unit, period, *now, tuple(before))


def indicator_of(code: str) -> Indicator | None:
    """An indicator with its source."""
    return (
        Indicator.objects.filter(code=code).select_related("source").first()
        if looks_like_a_code(code)
        else None
    )


def unit_of(code: str) -> Unit | None:
    """A unit by its code, with its agency if it is a service."""
    return (
        Unit.objects.select_related("agency").filter(code=code).first()
        if looks_like_a_code(code)
        else None
    )


def source_of(code: str) -> Source | None:
    """A source by its code, with whose it is."""
    return (
        Source.objects.filter(code=code).select_related("agency").first()
        if looks_like_a_code(code)
        else None
    )


def breaks_of(indicator: Indicator) -> list[Break]:
    """Where the series of an indicator cannot be joined."""
    return list(indicator.breaks.order_by("period"))
