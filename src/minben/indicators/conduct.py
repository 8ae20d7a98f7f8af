"""What is published of a month of the platform's own conduct (平臺自身之指標): few people are not.

Counts of fewer than five people in a county are withheld, as answers to a survey of fewer than five
are elsewhere. Where that would leave a single county, less than five people, or counties that can only
be all alike (each one, or each four), to be found out by subtracting from the total, the smallest
other count is withheld as well (補充遮蔽); where nobody else is, so is every zero. Pure.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from minben.base.measuring import PLATFORM, Scale, Taken
from minben.kernel.periods import local_day, start_of

LEAST = 5  # people in a county, as in `answering.rules.surveys`
SOURCE = "conduct"
PREFIX, AGENCY = "conduct.", "agency."
HEADER = ("unit", "period", "indicator", "value", "n", "status")
NORMAL, MISSING, SUPPRESSED = "A", "M", "Q"


@dataclass(frozen=True, slots=True)
class Told:
    """One number as it is published; `status` as SDMX has it."""

    unit: str
    value: float | None
    n: int | None
    status: str


def published(taken: Iterable[Taken]) -> list[Told]:
    """The numbers of one measure and month, with those of few people withheld."""
    rows = list(taken)
    hidden = withheld({one.unit: one.persons for one in rows if one.persons is not None})
    return [_told(one, one.unit in hidden) for one in rows]


def withheld(persons: Mapping[str, int]) -> frozenset[str]:
    """Units whose numbers are not published, from how many people stand behind each."""
    few = {unit: many for unit, many in persons.items() if 0 < many < LEAST}
    if not few:
        return frozenset()
    if not _told_by_their_sum(few.values()):
        return frozenset(few)
    others = sorted((many, unit) for unit, many in persons.items() if many >= LEAST)
    if not others:  # told zeros would leave these few alone with the total
        return frozenset(persons)
    return frozenset(few) | {others[0][1]}


def _told_by_their_sum(few: Collection[int]) -> bool:
    """Whether who knows the sum of these few, and how many counties they are, knows too much."""
    people = sum(few)
    alike = people in (len(few), len(few) * (LEAST - 1))
    return len(few) == 1 or people < LEAST or alike


def _told(one: Taken, hide: bool) -> Told:
    if hide:
        return Told(one.unit, None, None, SUPPRESSED)
    if one.value is None:
        return Told(one.unit, None, one.n, MISSING)
    return Told(one.unit, one.value, one.n, NORMAL)


def with_zeros(taken: Sequence[Taken], scale: Scale, counties: Iterable[str]) -> list[Taken]:
    """Counts and shares with a zero for every county nothing came from, if anything did at all."""
    there = {one.unit for one in taken}
    if scale is Scale.DAYS or not any(one.value for one in taken):
        return list(taken)
    n = max((one.n or 0 for one in taken), default=0) if scale is Scale.PERCENT else 0
    return [*taken, *(Taken(one, 0.0, n, 0) for one in counties if one not in there)]


def renamed(taken: Iterable[Taken], codes: Mapping[str, str]) -> Iterator[Taken]:
    """Numbers by code; those of a place without one, such as abroad, stay in the total only."""
    for one in taken:
        if one.unit == PLATFORM:
            yield one
        elif one.unit in codes:
            yield replace(one, unit=codes[one.unit])


def month_of(day: date) -> str:
    """Such as ``2026-10``."""
    return f"{day:%Y-%m}"


def span(month: str) -> tuple[datetime, datetime]:
    """The half-open span of instants of a month in Taiwan."""
    year, number = (int(part) for part in month.split("-"))
    return start_of(date(year, number, 1)), start_of(_next(date(year, number, 1)))


def finished(since: datetime, at: datetime) -> list[str]:
    """The months from that of `since` to the last that is over at `at`."""
    day, today = local_day(since).replace(day=1), local_day(at).replace(day=1)
    months = []
    while day < today:
        months.append(month_of(day))
        day = _next(day)
    return months


def _next(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
