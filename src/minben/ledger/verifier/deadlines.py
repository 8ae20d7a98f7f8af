"""Deadlines (期限), folded from the log: when they began, fell due, and how they ended. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from minben.ledger.verifier.differences import Difference
from minben.ledger.verifier.fields import Entry
from minben.ledger.verifier.rulings import PAUSABLE, Rulings

if TYPE_CHECKING:
    from minben.ledger.verifier.recounting import Case

TOLD_WITHIN = timedelta(hours=24)
"""So long after it fell due, an unmet deadline may still be missing from the log."""
EXTENDABLE = "response"
"""The one duty whose time may be extended, once."""
_OUTCOMES = {"met", "lapsed", "cancelled"}


@dataclass(slots=True)
class Deadline:
    """One deadline; instants in UTC, `due_at` exclusive."""

    case: int
    kind: str
    began: datetime
    starts_at: datetime
    due_at: datetime
    outcome: str = "open"
    outcome_at: datetime | None = None
    missed_at: datetime | None = None
    extended: bool = False

    @property
    def is_duty(self) -> bool:
        """A duty of the government; the window for endorsing is none."""
        return self.kind != PAUSABLE

    @property
    def place(self) -> str:
        """Where to look it up."""
        return f"case {self.case}, deadline {self.kind}"

    @property
    def met(self) -> bool | None:
        """Done in time, late, or (None) still open or ended without being done."""
        if self.missed_at:
            return False
        return True if self.outcome == "met" else None


class Deadlines:
    """All deadlines of the log. Those of cases from elsewhere began there and are passed over."""

    def __init__(self, rulings: Rulings) -> None:
        self._rulings = rulings
        self._by_case: dict[int, list[Deadline]] = {}
        self._by_subject: dict[str, Deadline] = {}
        self.recomputed = 0
        self._takers: dict[str, Callable[[Entry, Case], None]] = {
            "casework.deadline_started": self._start,
            "casework.deadline_moved": self._move,
            "casework.deadline_extended": self._extend,
            "casework.deadline_missed": self._miss,
            "casework.deadline_ended": self._end,
        }

    def __iter__(self) -> Iterator[Deadline]:
        for found in self._by_case.values():
            yield from found

    def of_case(self, number: int) -> list[Deadline]:
        """The deadlines of one case, in the order they began."""
        return self._by_case.get(number, [])

    def window(self, number: int) -> Deadline | None:
        """The last window for endorsing of a case, running or over."""
        for one in reversed(self.of_case(number)):
            if one.kind == PAUSABLE:
                return one
        return None

    def take(self, entry: Entry, case: "Case") -> None:
        """Note what one more entry says. Raises Difference."""
        taker = self._takers.get(entry.kind)
        if taker:
            taker(entry, case)

    def take_over(self, subject: str, deadline: Deadline, case: "Case") -> None:
        """Note a deadline that stood when the log began, as an opening balance tells it.

        The rules it follows, and pauses so far, do not stand in the log: nothing is recomputed.
        """
        self._by_case.setdefault(deadline.case, []).append(deadline)
        self._by_subject[subject] = deadline
        case.instants.add(deadline.due_at)

    def _running(self, number: int, kind: str) -> Deadline | None:
        for one in self.of_case(number):
            if one.kind == kind and one.outcome == "open":
                return one
        return None

    def _start(self, entry: Entry, case: "Case") -> None:
        kind, due_at = entry.text("kind"), entry.instant("due_at")
        starts_at = entry.instant("starts_at")
        if self._running(entry.case, kind):
            raise Difference("deadline_twice", f"{entry.place}, {kind}")
        ruled = self._rulings.due(case.rule_set, kind, entry.at)
        if ruled is not None:
            self.recomputed += 1
            if ruled != (starts_at, due_at):
                raise _due(entry, kind, ruled[1], due_at)
        started = Deadline(entry.case, kind, entry.at, starts_at, due_at)
        self._by_case.setdefault(entry.case, []).append(started)
        self._by_subject[entry.subject] = started
        case.instants.add(due_at)

    def _move(self, entry: Entry, case: "Case") -> None:
        found = self._by_subject.get(entry.subject)
        if found is None:
            return self._unknown(entry, case)
        if found.due_at != entry.instant("from"):
            raise _due(entry, found.kind, found.due_at, entry.instant("from"))
        found.due_at = entry.instant("to")
        ruled = self._rulings.due(case.rule_set, found.kind, found.began)
        if ruled is not None and ruled[1] != found.due_at:
            raise _due(entry, found.kind, ruled[1], found.due_at)
        case.instants.add(found.due_at)
        return None

    def _extend(self, entry: Entry, case: "Case") -> None:
        found = self._by_subject.get(entry.subject)
        if found is None:
            return self._unknown(entry, case)
        before, after = entry.instant("from"), entry.instant("to")
        if found.due_at != before:
            raise _due(entry, found.kind, found.due_at, before)
        latest = self._rulings.latest(case.rule_set, before)
        in_time = entry.at < before < after and (latest is None or after <= latest)
        free = found.kind == EXTENDABLE and found.outcome == "open" and not found.extended
        if not (in_time and free):
            raise Difference(
                "extension",
                f"{entry.place}, {found.kind}",
                expected=f"once, before {before.isoformat()}"
                + (f", at most to {latest.isoformat()}" if latest else ""),
                found=f"at {entry.at.isoformat()}, to {after.isoformat()}",
            )
        found.due_at, found.extended = after, True
        case.instants.add(after)
        return None

    def _miss(self, entry: Entry, case: "Case") -> None:
        found = self._by_subject.get(entry.subject)
        if found is None:
            return self._unknown(entry, case)
        if not entry.at == found.due_at == entry.instant("due_at"):
            raise Difference(
                "missed_early",
                f"{entry.place}, {found.kind}",
                expected=found.due_at.isoformat(),
                found=entry.at.isoformat(),
            )
        if found.outcome != "open" or found.missed_at or not found.is_duty:
            raise Difference("outcome", f"{entry.place}, {found.kind}", found="missed")
        found.missed_at = entry.at
        return None

    def _end(self, entry: Entry, case: "Case") -> None:
        kind, outcome = entry.text("kind"), entry.text("outcome")
        found = self._running(entry.case, kind)
        if found is None:
            return self._unknown(entry, case)
        late = found.is_duty and entry.at >= found.due_at
        early = kind == PAUSABLE and outcome != "cancelled" and entry.at != found.due_at
        if outcome not in _OUTCOMES or late != bool(found.missed_at) or early:
            raise Difference(
                "outcome",
                f"{entry.place}, {kind}",
                expected=f"due {found.due_at.isoformat()}"
                + (", missed" if late else ", not missed" if found.missed_at else ""),
                found=f"{outcome} at {entry.at.isoformat()}",
            )
        found.outcome, found.outcome_at = outcome, entry.at
        return None

    def _unknown(self, entry: Entry, case: "Case") -> None:
        if not case.archived:
            raise Difference("deadline_unknown", entry.place)

    def finish(self, at: datetime) -> None:
        """Ask whether every duty that fell due long before `at` was told. Raises Difference."""
        for one in self:
            silent = one.is_duty and one.outcome == "open" and not one.missed_at
            if silent and one.due_at + TOLD_WITHIN < at:
                raise Difference("missed_silent", one.place, expected=one.due_at.isoformat())


def _due(entry: Entry, kind: str, expected: datetime, found: datetime) -> Difference:
    return Difference(
        "due",
        f"{entry.place}, {kind}",
        expected=expected.isoformat(),
        found=found.isoformat(),
    )
