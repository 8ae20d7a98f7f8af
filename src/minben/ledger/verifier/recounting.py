"""The recount (重新計算): what the entries of the log add up to, in their order. Pure.

Counting keeps 26 bytes for every endorsement, so that a log of millions fits in memory.
"""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from minben.kernel.periods import local_day
from minben.ledger.verifier.deadlines import Deadlines
from minben.ledger.verifier.differences import Difference
from minben.ledger.verifier.fields import ENDORSED, Entry
from minben.ledger.verifier.opening import (
    OPENING,
    Opening,
    check_import,
    check_opening,
    read_opening,
)
from minben.ledger.verifier.rulings import Rulings

WHO = 16
DECLARED_WITHIN = timedelta(hours=1)
"""So long after the crossing endorsement the log may still lack the entry that says so."""
STANDS = "stands"
"""The outcome of a case that fell below the threshold and stays reached."""
_EPOCH = date(2000, 1, 1)


@dataclass(slots=True)
class Case:
    """What is known of one case.

    Args:
        threshold: endorsements that make it reach, if its rule set stands in the log.
        archived: it began elsewhere, so that what was before cannot be recounted.
        opening: what was counted before the log began, as it states itself.
        bent: by how much the count changed on a day for other reasons than endorsing.
        crossing: place and instant of the entry that brought the count to the threshold.
        reached: the instant the log declared it reached.
        instants: instants the log itself fixed, which later entries may tell again.
    """

    number: str = ""
    rule_set: str = ""
    threshold: int = 0
    archived: bool = False
    opening: Opening | None = None
    withdrawn: bool = False
    struck: set[int] = field(default_factory=set)
    bent: Counter[int] = field(default_factory=Counter)
    crossing: tuple[int, datetime] | None = None
    reached: datetime | None = None
    instants: set[datetime] = field(default_factory=set)
    places: "array[int]" = field(default_factory=lambda: array("Q"))
    days: "array[int]" = field(default_factory=lambda: array("h"))
    whos: bytearray = field(default_factory=bytearray)

    @property
    def count(self) -> int:
        """Endorsements that count."""
        return self.opened + len(self.places) - len(self.struck)

    @property
    def opened(self) -> int:
        """Of these, those counted before the log began: stated, not recounted."""
        return self.opening.count if self.opening else 0

    def per_day(self) -> dict[str, int]:
        """Endorsements that count, by the day they were given in Taiwan; none that are zero."""
        counted = Counter(self.days)
        for position in self.struck:
            counted[self.days[position]] -= 1
        return {_day(day): n for day, n in sorted(counted.items()) if n}

    def totals(self) -> dict[str, int]:
        """The count at the end of each day on which something changed it.

        Those up to the day of an opening balance are left out: they are partly older than the log.
        """
        changes, total, found = Counter(self.days), self.opened, {}
        opened_on = _days(self.opening.at) if self.opening else None
        for day in sorted(changes.keys() | self.bent.keys()):
            total += changes[day] + self.bent[day]
            if opened_on is None or day > opened_on:
                found[_day(day)] = total
        return found

    def position(self, place: int) -> int | None:
        """The how-manieth endorsement stands at that place of the log, from 0."""
        found = bisect_left(self.places, place)
        return found if found < len(self.places) and self.places[found] == place else None


class Recount:
    """Everything the log adds up to so far.

    Args:
        thresholds: what the platform claims the threshold of a case to be; used only where the
            rule set itself does not stand in the log.
    """

    def __init__(self, thresholds: dict[int, int] | None = None) -> None:
        self.cases: dict[int, Case] = {}
        self.rulings = Rulings()
        self.deadlines = Deadlines(self.rulings)
        self.kinds: Counter[str] = Counter()
        self._began: datetime | None = None
        self._first_filed = 0
        self._thresholds = thresholds or {}
        self._takers: dict[str, Callable[[Entry, Case], None]] = {
            "casework.filed": self._file,
            ENDORSED: self._endorse,
            OPENING: self._open,
            "proposals.imported": self._import,
            "proposals.endorsements_taken_over": self._import,
            "proposals.reached": self._reach,
            "proposals.withdrawn": self._withdraw,
            "proposals.invalidated": self._strike,
            "proposals.restored": self._restore,
            "proposals.fell_below": self._fall,
        }

    def take(self, entry: Entry) -> None:
        """Count one more entry. Raises Difference."""
        self.kinds[entry.kind] += 1
        self._began = self._began or entry.at
        self.rulings.take(entry)
        taker = self._takers.get(entry.kind)
        if entry.case:
            case = self.cases.get(entry.case)
            if case is None:
                case = self.cases[entry.case] = Case(threshold=self._thresholds.get(entry.case, 0))
            if taker:
                taker(entry, case)
            self.deadlines.take(entry, case)
        elif taker:
            raise Difference("field", entry.place, expected="case")

    def _file(self, entry: Entry, case: Case) -> None:
        if case.number:
            raise Difference("filed_twice", entry.place, found=case.number)
        case.number, case.rule_set = entry.text("number"), entry.text("rule_set")
        rules = self.rulings.rules.get(case.rule_set)
        if rules is not None:
            case.threshold = rules.threshold
        self._first_filed = min(self._first_filed or entry.case, entry.case)

    def _open(self, entry: Entry, case: Case) -> None:
        told = read_opening(entry)
        check_opening(entry, told, case, self._began or entry.at, self._first_filed)
        case.opening, case.number, case.threshold = told, told.number, told.threshold
        case.archived, case.reached = told.archived, told.reached
        for subject, deadline in told.deadlines:
            self.deadlines.take_over(subject, deadline, case)

    def _endorse(self, entry: Entry, case: Case) -> None:
        if not (case.number or case.archived):
            raise Difference("not_filed", entry.place)
        window = self.deadlines.window(entry.case)
        if window and not window.starts_at <= entry.at < window.due_at:
            raise Difference(
                "outside_window",
                entry.place,
                expected=f"{window.starts_at:%Y-%m-%dT%H:%MZ} – {window.due_at:%Y-%m-%dT%H:%MZ}",
                found=entry.at.isoformat(),
            )
        case.places.append(entry.index)
        case.days.append(_days(entry.at))
        case.whos += entry.who
        _cross(entry, case)

    def _import(self, entry: Entry, case: Case) -> None:
        check_import(entry, case)
        case.archived = True

    def _reach(self, entry: Entry, case: Case) -> None:
        if case.archived:
            case.reached = entry.at
            return
        if case.reached:
            raise Difference("reached_twice", entry.place, expected=case.reached.isoformat())
        if case.crossing is None:
            raise Difference(
                "reached_early", entry.place, expected=case.threshold, found=case.count
            )
        if entry.at != case.crossing[1]:
            raise Difference(
                "reached_at",
                entry.place,
                expected=f"{case.crossing[1].isoformat()} (leaf {case.crossing[0]})",
                found=entry.at.isoformat(),
            )
        case.reached = entry.at

    def _withdraw(self, entry: Entry, case: Case) -> None:
        case.withdrawn = True

    def _fall(self, entry: Entry, case: Case) -> None:
        """It fell below the threshold: its rules say whether that undoes having reached."""
        if case.count >= case.threshold and not case.archived:
            raise Difference("claim", entry.place, expected=f"< {case.threshold}", found=case.count)
        if entry.text("outcome") != STANDS:
            case.reached = case.crossing = None

    def _strike(self, entry: Entry, case: Case) -> None:
        for position in _positions(entry, case):
            if position in case.struck:
                raise Difference("struck_twice", f"leaf {case.places[position]}, {entry.place}")
            case.struck.add(position)
            case.bent[_days(entry.at)] -= 1

    def _restore(self, entry: Entry, case: Case) -> None:
        for position in _positions(entry, case):
            if position not in case.struck:
                raise Difference("not_struck", f"leaf {case.places[position]}, {entry.place}")
            case.struck.remove(position)
            case.bent[_days(entry.at)] += 1
        _cross(entry, case)

    def finish(self, at: datetime) -> None:
        """Ask what only the whole log can answer; `at` is when its last checkpoint was signed.

        Raises Difference: ``not_reached``, ``missed_silent``.
        """
        for number, case in self.cases.items():
            if case.crossing and not case.reached and case.crossing[1] + DECLARED_WITHIN < at:
                raise Difference(
                    "not_reached", f"case {number}", expected=f"leaf {case.crossing[0]}"
                )
        self.deadlines.finish(at)

    def refuse_doubles(self) -> None:
        """Refuse a log in which somebody endorsed the same case twice.

        Raises Difference: ``double``.
        """
        for number, case in self.cases.items():
            for first, second in _doubles(case):
                raise Difference(
                    "double", f"leaf {second}, case {number}", found=f"also leaf {first}"
                )


def _days(at: datetime) -> int:
    return (local_day(at) - _EPOCH).days


def _day(days: int) -> str:
    return (_EPOCH + timedelta(days=days)).isoformat()


def _cross(entry: Entry, case: Case) -> None:
    passed_over = case.archived or case.crossing or case.reached or case.withdrawn
    if not passed_over and 0 < case.threshold <= case.count:
        case.crossing = (entry.index, entry.at)
        case.instants.add(entry.at)


def _positions(entry: Entry, case: Case) -> Iterator[int]:
    for first, last in entry.leaves():
        found = case.position(first)
        if found is None or (first != last and case.position(last) is None):
            raise Difference("not_endorsement", entry.place, found=f"leaf {first}")
        while found < len(case.places) and case.places[found] <= last:
            yield found
            found += 1


def _doubles(case: Case) -> Iterator[tuple[int, int]]:
    """Places of two endorsements of one person, looked for in 256 parts to need little memory."""
    whos = bytes(case.whos)
    parts: dict[int, list[int]] = {}
    for position in range(len(case.places)):
        parts.setdefault(whos[position * WHO], []).append(position)
    for part in parts.values():
        seen: dict[bytes, int] = {}
        for position in part:
            who = whos[position * WHO : (position + 1) * WHO]
            if who in seen:
                yield case.places[seen[who]], case.places[position]
            seen[who] = position
