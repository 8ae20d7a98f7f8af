"""Working days of government offices (政府行政機關辦公日曆表), from a shipped, versioned file.

A calendar is a value: what it covers, the days off beyond Saturday and Sunday (放假日) and the
make-up working days (補行上班日). It never guesses: asking about a day that no published
calendar covers raises :class:`CalendarRangeError`.

Source: 行政院人事行政總處, one calendar a year; see the head of ``data/work-calendar-tw.toml``.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

ONE_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5
_CODE: Final = re.compile(r"[a-z][a-z0-9-]{0,31}")


class CalendarDataError(ValueError):
    """A calendar's data contradicts itself or is incomplete; the message is one line."""


class CalendarRangeError(ValueError):
    """A day was needed that the calendar does not cover.

    Args:
        day: the day that was needed; ``None`` when it is no day of the Gregorian calendar.
        first: first day covered.
        last: last day covered.
        code: the calendar's code.
        source: the document the calendar comes from.
    """

    def __init__(
        self, day: date | None, first: date, last: date, code: str, source: str = ""
    ) -> None:
        self.day, self.first, self.last, self.code, self.source = day, first, last, code, source
        origin = f" ({source})" if source else ""
        wanted = day.isoformat() if day else "a day out of reach"
        super().__init__(f"work calendar {code!r} covers {first} to {last}{origin}, not {wanted}")


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days are working days, from `first` to `last`, both included.

    Args:
        code: short name, such as ``"tw"``.
        title: the document's own title.
        source: who publishes it, and for which years.
        version: day of the last change to the data, ISO 8601.
        first: first day covered.
        last: last day covered.
        holidays: days off that are no Saturday or Sunday, with their names.
        workdays: Saturdays or Sundays on which offices work, with the reason.

    Raises:
        CalendarDataError: `first` after `last`, a day outside the range, a day off on a
            weekend (it changes nothing, so it is a mistake), a make-up day on a weekday, or a
            day without a name.

    Basis: 紀念日及節日實施條例 §§4-8；公務人員週休二日實施辦法 (weekends).
    """

    code: str
    title: str
    source: str
    version: str
    first: date
    last: date
    holidays: Mapping[date, str] = field(hash=False, repr=False)
    workdays: Mapping[date, str] = field(hash=False, repr=False)

    def __post_init__(self) -> None:
        """Check the data and take read-only copies, so that the value cannot change."""
        if self.first > self.last:
            raise CalendarDataError(f"work calendar {self.code!r}: first day is after the last")
        for kind, days, on_weekend in (
            ("holidays", self.holidays, False),
            ("workdays", self.workdays, True),
        ):
            for day, name in days.items():
                problem = self._problem(day, name, on_weekend)
                if problem:
                    raise CalendarDataError(f"work calendar {self.code!r}: {kind} {day}: {problem}")
            object.__setattr__(self, kind, MappingProxyType(dict(days)))

    def _problem(self, day: date, name: str, on_weekend: bool) -> str:
        if not self.first <= day <= self.last:
            return "outside the range"
        if not name.strip():
            return "has no name"
        if _is_weekend(day) != on_weekend:
            return "is a weekday" if on_weekend else "is a Saturday or Sunday"
        return ""

    def is_working(self, day: date) -> bool:
        """Say whether offices work on `day`.

        Raises:
            CalendarRangeError: `day` is not covered.

        Basis: 法務部 99-02-03 法律字第099004718號函 (a make-up Saturday is a working day).
        """
        self._require(day)
        return day in self.workdays if _is_weekend(day) else day not in self.holidays

    def next_working(self, day: date) -> date:
        """Return `day` itself if it is a working day, else the first working day after it.

        Raises:
            CalendarRangeError: the answer, or `day`, lies beyond the covered range.

        Basis: 民法 §122；行政程序法 §48 IV.
        """
        while not self.is_working(day):
            day = self._after(day)
        return day

    def add_working_days(self, day: date, n: int) -> date:
        """Return the `n`-th working day after `day`; `day` itself is not counted.

        Args:
            day: any day, working or not; it may be the eve of the covered range.
            n: 1 or more.

        Raises:
            CalendarRangeError: a day that had to be looked at is not covered.
            ValueError: `n` is less than 1.

        Basis: 民法 §120 II；行政程序法 §48 II (the first day is not counted).
        """
        if n < 1:
            raise ValueError(f"cannot add {n} working days: 1 or more expected")
        for _ in range(n):
            day = self.next_working(self._after(day))
        return day

    def working_days_between(self, a: date, b: date) -> int:
        """Count the working days after `a` up to and including `b`; 0 when they are equal.

        It undoes :meth:`add_working_days`:
        ``working_days_between(day, add_working_days(day, n)) == n``.

        Raises:
            CalendarRangeError: a day after `a`, up to `b`, is not covered.
            ValueError: `b` is before `a`.
        """
        if b < a:
            raise ValueError(f"cannot count working days from {a} back to {b}")
        if a == b:
            return 0
        self._require(a + ONE_DAY)
        self._require(b)
        return sum(self.is_working(a + timedelta(days=i)) for i in range(1, (b - a).days + 1))

    def name_of(self, day: date) -> str:
        """Return the name of a day off or make-up day; empty for any other day.

        Raises:
            CalendarRangeError: `day` is not covered.
        """
        self._require(day)
        return self.holidays.get(day) or self.workdays.get(day, "")

    def _after(self, day: date) -> date:
        if day == date.max:
            raise CalendarRangeError(None, self.first, self.last, self.code, self.source)
        return day + ONE_DAY

    def _require(self, day: date) -> None:
        if not self.first <= day <= self.last:
            raise CalendarRangeError(day, self.first, self.last, self.code, self.source)


@cache
def load_calendar(code: str = "tw") -> WorkCalendar:
    """Return the shipped calendar `code`; the file is read and checked once per process.

    Raises:
        LookupError: no such calendar is shipped.
        CalendarDataError: the shipped file is wrong.
    """
    name = f"work-calendar-{code}.toml"
    resource = files(__package__) / "data" / name
    if not _CODE.fullmatch(code) or not resource.is_file():
        raise LookupError(f"no work calendar {code!r} is shipped")
    return parse_calendar(resource.read_text(encoding="utf-8"), origin=name)


def parse_calendar(text: str, *, origin: str) -> WorkCalendar:
    """Read a calendar from TOML `text`; the layout is that of ``data/work-calendar-tw.toml``.

    Args:
        text: the whole file.
        origin: what to call it in errors, such as the file's name.

    Raises:
        CalendarDataError: not TOML, a key missing or of the wrong type, a day that is written
            twice, out of order or impossible, or data that :class:`WorkCalendar` refuses.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CalendarDataError(f"{origin}: {error}") from error
    return WorkCalendar(
        code=_text(data, "code", origin),
        title=_text(data, "title", origin),
        source=_text(data, "source", origin),
        version=_text(data, "version", origin),
        first=_day(data, "first", origin),
        last=_day(data, "last", origin),
        holidays=_days(data, "holidays", origin),
        workdays=_days(data, "workdays", origin),
    )


def _is_weekend(day: date) -> bool:
    return day.weekday() >= _SATURDAY


def _text(data: Mapping[str, object], key: str, origin: str) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value.strip():
        raise CalendarDataError(f"{origin}: {key} must be a text that is not empty")
    return value


def _day(data: Mapping[str, object], key: str, origin: str) -> date:
    value = data.get(key)
    if not isinstance(value, date) or isinstance(value, datetime):
        raise CalendarDataError(f"{origin}: {key} must be a date such as 2015-01-01")
    return value


def _days(data: Mapping[str, object], key: str, origin: str) -> dict[date, str]:
    table = data.get(key)
    if not isinstance(table, dict):
        raise CalendarDataError(f"{origin}: {key} must be a table of days and names")
    days: dict[date, str] = {}
    for written, name in table.items():
        if not isinstance(name, str):
            raise CalendarDataError(f"{origin}: {key} {written}: the name must be a text")
        try:
            days[date.fromisoformat(written)] = name
        except ValueError as error:
            raise CalendarDataError(f"{origin}: {key} {written}: no such day") from error
    # TOML itself refuses a key written twice; order is asked for so that a reader finds gaps.
    if not _is_rising(days):
        raise CalendarDataError(f"{origin}: {key} must be in order of time")
    return days


def _is_rising(days: Iterable[date]) -> bool:
    listed = list(days)
    return listed == sorted(listed)
