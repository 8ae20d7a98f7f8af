"""What is handed out (資料集): numbers, and what must be known to read and to cite them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class Words(NamedTuple):
    """A name in both languages."""

    zh: str
    en: str


class Line(NamedTuple):
    """One number. `value` is None where there is none; `status` then says why (SDMX OBS_STATUS)."""

    indicator: str
    unit: str
    period: str
    value: float | None
    n: int | None = None
    se: float | None = None
    status: str = ""


class Place(NamedTuple):
    """A composite of one unit in one period, with its place among all of the comparator set.

    Args:
        score: None if it was withheld or nothing is known.
        rank, of: the place, and among how many; None without a score.
        coverage: share of what it is made of that was observed, 0 to 1.
    """

    code: str
    unit: str
    period: str
    score: float | None
    rank: float | None
    of: int
    coverage: float | None
    withheld: bool


class Service(NamedTuple):
    """A public service among the units; `agency` is the code of the one that runs it."""

    code: str
    name: Words
    agency: str
    relations: Sequence[str]


NOTHING = Words("", "")


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator or a composite, as its column is explained; whom what it counts is between."""

    code: str
    title: Words
    definition: Words = NOTHING
    unit: Words = NOTHING
    relations: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Cited:
    """Where numbers come from, and on what terms."""

    code: str
    title: Words
    publisher: str
    licence: str
    address: str = ""
    published: date | None = None
    open_terms: bool = True


@dataclass(frozen=True, slots=True)
class Dataset:
    """Numbers with their explanation.

    Args:
        code: a name for files, such as ``hdi-2010``.
        made: day the numbers were computed or brought.
        identity: hash or hashes that tell this content from every other, with their names.
        units: names by code, in the order of the file.
        services: those of the units that are public services.
        lines: observations; of sources that may be passed on only.
        places: composites.
        left_out: sources whose values may not be passed on.
        address: of the page that shows it.
    """

    code: str
    title: Words
    made: date
    measures: Sequence[Measure]
    units: Sequence[tuple[str, Words]]
    sources: Sequence[Cited]
    identity: Sequence[tuple[str, str]] = ()
    lines: Sequence[Line] = ()
    places: Sequence[Place] = ()
    left_out: Sequence[Cited] = ()
    address: str = ""
    services: Sequence[Service] = ()

    @property
    def periods(self) -> list[str]:
        """All there are, in order."""
        return sorted({one.period for one in self.lines} | {one.period for one in self.places})


def told(value: float | None) -> str:
    """A number in a file: the shortest form that reads back as the same; nothing is empty."""
    if value is None:
        return ""
    return (
        str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))
    )
