"""What the platform measures of its own conduct (平臺自身之指標): every module says what it knows.

A module declares its measures in its ``measures.py``; `BaseConfig.ready` finds them. The module of
indicators takes them month by month and keeps them like the figures of any other source.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise

PLATFORM: Final = "platform"  # what all of it together is called among `Taken.unit`


class By(StrEnum):
    """What a measure is taken of, besides the platform as a whole."""

    AGENCY = "agency"
    COUNTY = "county"


class Scale(StrEnum):
    """What kind of number it is."""

    PERCENT = "percent"
    COUNT = "count"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Taken:
    """A number of one month.

    Args:
        unit: `PLATFORM`, the code of an agency, or the name of a county as people write it.
        value: None where there is nothing to tell, such as a share of nothing.
        n: cases, people or acts it rests on.
        persons: how many people stand behind it, where it tells something of people: few are not
            published. None: it is not about people.
    """

    unit: str
    value: float | None
    n: int | None = None
    persons: int | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure.

    Args:
        code: stable, such as ``answers-in-time``.
        title: lazy, a few words.
        definition: lazy: what is counted, out of what, and when.
        unit: lazy: what the number counts, such as “days”.
        scale: kind of number.
        direction: 1 more is better, -1 less is, 0 neither.
        by: of what else than the platform it is taken.
        take: the numbers of the months' half-open span of instants [begins, ends), any order.
        since: instant of the first act it could count; None if there is none yet.
        order: smaller stands earlier.
    """

    code: str
    title: str | Promise
    definition: str | Promise
    unit: str | Promise
    scale: Scale
    direction: int
    by: By | None
    take: Callable[[datetime, datetime], Iterable[Taken]]
    since: Callable[[], datetime | None]
    order: int


_measures: dict[str, Measure] = {}


def register(*measures: Measure) -> None:
    """Declare measures; a code declared twice is a programming error."""
    for measure in measures:
        if _measures.setdefault(measure.code, measure) is not measure:
            raise ValueError(f"measure registered twice: {measure.code}")


def measures() -> list[Measure]:
    """All that are declared, in order."""
    return sorted(_measures.values(), key=lambda one: (one.order, one.code))


def share(part: int, whole: int) -> float | None:
    """In per cent; None of nothing."""
    return part * 100 / whole if whole else None
