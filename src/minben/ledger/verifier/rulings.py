"""What the rules say (規則): rule sets and pauses as the log tells them, and what follows. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from minben.kernel.calendar import CalendarRangeError, load_calendar
from minben.kernel.duties import Duties, duties_in
from minben.kernel.periods import Term, TermError, extend_for_pauses, start_of
from minben.ledger.verifier.differences import Difference
from minben.ledger.verifier.fields import Entry

TERM_OF = {
    "check": "check",
    "endorse_close": "endorse",
    "response": "response",
    "appeal": "appeal_decision",
}
"""Which term of a rule set sets a kind of deadline."""
DUTY_OF = ("handling_plan", "contact", "study_return")
"""Kinds set by the duties a rule set need not state; they are called alike."""
PAUSABLE = "endorse_close"


@dataclass(frozen=True, slots=True)
class Rules:
    """A rule set as the log tells it; terms by the kind of deadline they set."""

    jurisdiction: str
    threshold: int
    terms: Mapping[str, Term]
    duties: Duties


class Rulings:
    """Rule sets by code, and the pauses declared so far."""

    def __init__(self) -> None:
        self.rules: dict[str, Rules] = {}
        self._pauses: dict[str, tuple[str, datetime, datetime]] = {}

    def take(self, entry: Entry) -> None:
        """Note what one more entry says about the rules. Raises Difference."""
        if entry.kind == "casework.rule_set_added" and "parameters" in entry.data:
            self.rules[entry.text("code")] = _rules(entry)
        elif entry.kind == "casework.pause_declared":
            self._pauses[entry.subject] = (
                entry.text("jurisdiction"),
                entry.instant("starts_at"),
                entry.instant("ends_at"),
            )
        elif entry.kind == "casework.pause_cancelled" and entry.subject in self._pauses:
            where, starts, _ = self._pauses.pop(entry.subject)
            if starts < entry.at:  # it had begun, and ends now
                self._pauses[entry.subject] = (where, starts, entry.at)

    def due(self, rule_set: str, kind: str, at: datetime) -> tuple[datetime, datetime] | None:
        """When a deadline of `kind` that begins with an event at `at` starts and falls due.

        None where the log or the shipped calendar does not say.
        """
        rules = self.rules.get(rule_set)
        term = rules.terms.get(kind) if rules else None
        if rules is None or term is None:
            return None
        try:
            due = term.due(at, load_calendar())
        except (CalendarRangeError, OverflowError):
            return None
        starts = start_of(term.starts_on(at))
        return starts, self.moved(rules.jurisdiction, kind, starts, due)

    def latest(self, rule_set: str, due: datetime) -> datetime | None:
        """The latest instant to which what is due at `due` may be extended; None if unknown."""
        rules = self.rules.get(rule_set)
        if rules is None:
            return None
        try:
            return rules.duties.extension.due(due, load_calendar())
        except (CalendarRangeError, OverflowError):
            return None

    def moved(self, jurisdiction: str, kind: str, starts: datetime, due: datetime) -> datetime:
        """The due instant with the time of pauses given back, if `kind` stands still in them."""
        if kind != PAUSABLE:
            return due
        pauses = [(a, b) for where, a, b in self._pauses.values() if where == jurisdiction]
        return extend_for_pauses(starts, due, pauses)


def _rules(entry: Entry) -> Rules:
    parameters: Any = entry.data["parameters"]  # whatever the log says
    try:
        terms = {kind: Term.from_mapping(parameters[name]) for kind, name in TERM_OF.items()}
        threshold, duties = parameters["threshold"], duties_in(parameters)
        terms |= {kind: getattr(duties, kind) for kind in DUTY_OF}
    except (TermError, KeyError, TypeError, ValueError) as error:
        raise Difference("field", entry.place, found=f"parameters: {error}") from error
    if type(threshold) is not int or threshold < 1:
        raise Difference("field", entry.place, expected="threshold: a number", found=threshold)
    return Rules(entry.text("jurisdiction"), threshold, terms, duties)
