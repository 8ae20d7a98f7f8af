"""The platform's own conduct as it was taken (平臺自身指標之查詢)."""

from dataclasses import dataclass
from itertools import dropwhile

from minben.base.measuring import PLATFORM, Measure, measures
from minben.indicators.conduct import PREFIX, SOURCE
from minben.indicators.models import Observation
from minben.indicators.queries.current import Seen, observed

TREND_MONTHS = 36


def months() -> list[str]:
    """Every month that was taken, newest first. One query."""
    rows = Observation.objects.filter(
        intake__source__code=SOURCE, intake__withdrawn_at=None, unit__code=PLATFORM
    )
    return list(rows.order_by("-period").values_list("period", flat=True).distinct())


@dataclass(frozen=True, slots=True)
class Line:
    """A measure of the platform as a whole in a month, and in the month before."""

    measure: Measure
    now: Seen | None
    before: Seen | None


def overview(month: str, before: str) -> list[Line]:
    """Every measure of the platform as a whole."""
    seen = {
        (one.indicator, one.period): one
        for one in observed(sources=[SOURCE], units=[PLATFORM], periods=[month, before])
    }
    return [
        Line(one, seen.get((PREFIX + one.code, month)), seen.get((PREFIX + one.code, before)))
        for one in measures()
    ]


def by_unit(measure: Measure, month: str) -> list[Seen]:
    """One measure of a month, of every unit but the platform; the largest first, unknown last."""
    rows = observed(sources=[SOURCE], indicators=[PREFIX + measure.code], periods=[month])
    return sorted(
        (one for one in rows if one.unit != PLATFORM),
        key=lambda one: (one.value is None, -(one.value or 0.0), one.unit),
    )


def trend(measure: Measure, until: str) -> list[Seen]:
    """One measure of the platform as a whole, up to a month and from its first value on."""
    rows = observed(sources=[SOURCE], indicators=[PREFIX + measure.code], units=[PLATFORM])
    recent = [one for one in rows if one.period <= until][-TREND_MONTHS:]
    return list(dropwhile(lambda one: one.value is None, recent))
