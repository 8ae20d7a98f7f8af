"""Terms of law (期間): when a deadline falls, and what a pause does to a running window.

A :class:`Term` is read from a rule set and says how many working days, days or months somebody
has. Its due instant is **exclusive**: the midnight (Asia/Taipei) that ends the last day,
as an aware datetime in UTC. Something done at the due instant or later is late; a window is
the half-open interval [start, due). The last day to show to a reader is :func:`last_day`.

Source: 民法 §§119-123 (期日及期間)；行政程序法 §48, the special rule for administrative procedure,
which counts days and months in the same way.
"""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, Self, TypeVar
from zoneinfo import ZoneInfo

from minben.kernel.calendar import ONE_DAY, WorkCalendar

TAIPEI: Final = ZoneInfo("Asia/Taipei")
MAX_N: Final = 3_660  # ten years of days; a longer term in a rule set is a typing mistake
E = TypeVar("E", bound=StrEnum)


class TermError(ValueError):
    """A term in a rule set cannot be read; the message is one line and names the key."""


class Unit(StrEnum):
    """What a term is counted in."""

    WORKING_DAY = "working_day"  # 工作日
    DAY = "day"  # 日
    MONTH = "month"  # 月


class Starts(StrEnum):
    """Which local day is day 1."""

    SAME_DAY = "same_day"  # 即日起算
    NEXT_DAY = "next_day"  # 自次日起算


class Roll(StrEnum):
    """What happens when the last day is no working day."""

    NONE = "none"  # 照計
    NEXT_WORKING_DAY = "next_working_day"  # 以休息日之次日代之


def local_day(at: datetime) -> date:
    """Return the day that `at` falls on in Taiwan.

    Raises:
        ValueError: `at` has no time zone.
    """
    return _aware(at).astimezone(TAIPEI).date()


def start_of(day: date) -> datetime:
    """Return the instant `day` begins in Taiwan, as an aware datetime in UTC."""
    return datetime.combine(day, time.min, tzinfo=TAIPEI).astimezone(UTC)


def end_of(day: date) -> datetime:
    """Return the exclusive instant that ends `day` in Taiwan: the midnight after it, in UTC."""
    return start_of(day + ONE_DAY)


def last_day(due: datetime) -> date:
    """Return the last local day before the exclusive instant `due`, for showing to a reader."""
    return local_day(_aware(due) - timedelta(microseconds=1))


@dataclass(frozen=True, slots=True)
class Term:
    """A length of time fixed by a rule.

    Args:
        unit: working days, calendar days or months.
        n: how many, 1 to :data:`MAX_N`.
        starts: whether the day of the event is day 1, or the day after it.
        roll: whether a last day that is no working day moves to the next one.
        basis: the clause that fixes the term.

    Raises:
        TermError: `n` is no whole number in that range.
    """

    unit: Unit
    n: int
    starts: Starts = Starts.NEXT_DAY
    roll: Roll = Roll.NONE
    basis: str = ""

    def __post_init__(self) -> None:
        """Refuse a number that no rule can mean."""
        if isinstance(self.n, bool) or not isinstance(self.n, int) or not 1 <= self.n <= MAX_N:
            raise TermError(f"term: n must be a whole number from 1 to {MAX_N}, not {self.n!r}")

    def starts_on(self, at: datetime) -> date:
        """Return day 1 in Taiwan for an event at `at`; it need not be a working day.

        Basis: 民法 §120 II；行政程序法 §48 II (the first day is not counted, unless the rule says
        that it is).
        """
        day = local_day(at)
        return day + ONE_DAY if self.starts is Starts.NEXT_DAY else day

    def due(self, start: datetime, calendar: WorkCalendar) -> datetime:
        """Return the exclusive instant that ends the term: a midnight of Taiwan, in UTC.

        * Working days: the n-th working day, day 1 included if it is one. Three working days
          from the next day, filed on a plain Monday, end with Thursday.
        * Days: day 1 plus n - 1. Sixty days from the next day end with the day of the event
          plus sixty.
        * Months: the day before the one that corresponds to day 1 in the last month; if that
          month lacks the corresponding day, its last day. Two months from the day after
          31 December (day 1: 1 January) end with the last of February; two months from the
          day after 28 February (day 1: 1 March) end with 30 April, not with the 28th.
        * Rolling gives the whole of the next working day, even after a Saturday, where §48 IV
          of 行政程序法 gives the morning only: the reading kinder to whoever has to act.

        Args:
            start: instant of the event, aware.
            calendar: consulted for working days and for rolling only.

        Raises:
            CalendarRangeError: a day that had to be looked at is not covered.
            ValueError: `start` has no time zone.
            OverflowError: the term ends after the year 9999.

        Basis: 民法 §121, §122；行政程序法 §48 II-IV.
        """
        first = self.starts_on(start)
        if self.unit is Unit.WORKING_DAY:
            last = calendar.add_working_days(first - ONE_DAY, self.n)
        elif self.unit is Unit.DAY:
            last = first + timedelta(days=self.n - 1)
        else:
            last = _last_day_of_months(first, self.n)
        if self.roll is Roll.NEXT_WORKING_DAY:
            last = calendar.next_working(last)
        return end_of(last)

    @classmethod
    def from_mapping(cls, data: Mapping[str, object]) -> Self:
        """Read a term from rule-set data.

        Args:
            data: ``unit`` and ``n`` are required; ``starts`` (next_day), ``roll`` (none) and
                ``basis`` (empty) have the defaults shown; nothing else is allowed.

        Raises:
            TermError: a key is missing, unknown or has a value that is not allowed.
        """
        unknown = sorted(set(data) - {"unit", "n", "starts", "roll", "basis"})
        if unknown:
            raise TermError(f"term: unknown key {unknown[0]!r}")
        for key in ("unit", "n"):
            if key not in data:
                raise TermError(f"term: {key} is missing")
        n, basis = data["n"], data.get("basis", "")
        if not isinstance(n, int):
            raise TermError(f"term: n must be a whole number, not {n!r}")
        if not isinstance(basis, str):
            raise TermError("term: basis must be a text")
        return cls(
            unit=_choice(Unit, "unit", data["unit"]),
            n=n,
            starts=_choice(Starts, "starts", data.get("starts", Starts.NEXT_DAY)),
            roll=_choice(Roll, "roll", data.get("roll", Roll.NONE)),
            basis=basis,
        )

    def to_mapping(self) -> dict[str, str | int]:
        """Return plain JSON-ready data from which :meth:`from_mapping` makes the same term."""
        return {
            "unit": self.unit.value,
            "n": self.n,
            "starts": self.starts.value,
            "roll": self.roll.value,
            "basis": self.basis,
        }


def extend_for_pauses(
    start: datetime, end: datetime, pauses: Sequence[tuple[datetime, datetime]]
) -> datetime:
    """Return the end of a window that stands still during pauses, in UTC.

    The time that ran in [start, `end`) without pauses is kept: the answer is the earliest
    instant by which that much time has run outside the pauses. A pause that begins in the
    extension counts as well; one that begins exactly when the time is up does not. Order,
    overlap and repetition of pauses make no difference.

    Always pass the window's *original* end, never one that was extended already.

    Args:
        start: when the window opens, aware.
        end: when it would close without pauses, aware, not before `start`.
        pauses: aware half-open intervals [begins, ends), in any order, possibly overlapping.

    Raises:
        ValueError: an instant has no time zone, or an interval ends before it begins.

    Basis: 公共政策網路參與實施要點, pause before national polls; remaining days are restored
    (暫停期間不計入附議期間).
    """
    at, close = _utc(start), _utc(end)
    left = close - at
    if left < timedelta(0):
        raise ValueError(f"window ends ({end}) before it starts ({start})")
    for begins, ends in _in_order(pauses):
        runs = max(begins - at, timedelta(0))
        if runs >= left:
            break
        if ends > at:
            left -= runs
            at = ends
    return at + left


def _in_order(pauses: Sequence[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """Return the pauses in UTC, the earliest beginning first."""
    ordered = sorted((_utc(begins), _utc(ends)) for begins, ends in pauses)
    for begins, ends in ordered:
        if ends < begins:
            raise ValueError(f"pause ends ({ends}) before it begins ({begins})")
    return ordered


def _last_day_of_months(first: date, n: int) -> date:
    """Return the last day of `n` months whose day 1 is `first` (民法 §121 II)."""
    years, month0 = divmod(first.month - 1 + n, 12)
    year, month = first.year + years, month0 + 1
    if year > date.max.year:
        raise OverflowError("the term ends after the year 9999")
    days = monthrange(year, month)[1]
    if first.day > days:
        return date(year, month, days)
    return date(year, month, first.day) - ONE_DAY


def _choice(kind: type[E], key: str, value: object) -> E:
    for member in kind:
        if member.value == value:
            return member
    allowed = ", ".join(member.value for member in kind)
    raise TermError(f"term: {key} must be one of {allowed}, not {value!r}")


def _aware(at: datetime) -> datetime:
    if at.utcoffset() is None:
        raise ValueError(f"{at} has no time zone")
    return at


def _utc(at: datetime) -> datetime:
    # Arithmetic within one local zone would be on wall time; UTC has no such trap.
    return _aware(at).astimezone(UTC)
