"""Rules in plain words (規則說明): the numbers of a rule set, each with the clause it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minben.casework import queries as casework
from minben.casework.rules import Below, RuleParameters
from minben.kernel.calendar import WorkCalendar, load_calendar
from minben.kernel.periods import local_day
from minben.proposals.labels import term_words

if TYPE_CHECKING:
    from minben.casework.models import RuleSet


@dataclass(frozen=True, slots=True)
class Step:
    """One of the five steps of a proposal's life, with the number that rules it."""

    title: str | Promise
    text: str


@dataclass(frozen=True, slots=True)
class Clause:
    """One number of a rule set: what it is about, how much, and the clause that says so."""

    what: str | Promise
    value: str
    basis: str


@dataclass(frozen=True, slots=True)
class ToldRuleSet:
    """A rule set with its numbers, for reading."""

    row: "RuleSet"
    clauses: tuple[Clause, ...]
    in_force: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which years the calendar of working days covers, and its make-up working days."""

    calendar: WorkCalendar
    workdays: tuple[tuple[date, str], ...]
    days_off: int


def usual(at: datetime) -> "RuleSet | None":
    """The rules most proposals are under: those of the first government. One query."""
    return next(iter(casework.rule_sets_in_force(at)), None)


def steps(rules: RuleParameters) -> list[Step]:
    """A proposal's life in five steps, with the numbers of these rules."""
    numbers = {
        "check": term_words(rules.check),
        "endorse": term_words(rules.endorse),
        "threshold": f"{rules.threshold:,}",
        "response": term_words(rules.response),
    }
    return [Step(title, str(text) % numbers) for title, text in _STEPS]


_STEPS: tuple[tuple[str | Promise, str | Promise], ...] = (
    (
        gettext_lazy("Propose"),
        gettext_lazy(
            "Say what should change and whom it helps. You can let others help you word it."
        ),
    ),
    (
        gettext_lazy("Check"),
        gettext_lazy(
            "Within %(check)s the platform checks the form. It may hide a proposal only on a "
            "ground from a public list, with a reason everybody can read."
        ),
    ),
    (
        gettext_lazy("Endorse"),
        gettext_lazy(
            "From the next day, anyone confirmed may endorse it, once, for %(endorse)s. "
            "The goal is %(threshold)s people."
        ),
    ),
    (
        gettext_lazy("Reach"),
        gettext_lazy(
            "With endorsement number %(threshold)s the proposal has reached, and the clock of the "
            "responsible agency starts that very day."
        ),
    ),
    (
        gettext_lazy("Answer"),
        gettext_lazy(
            "Within %(response)s the agency answers in public: its analysis, what it did, "
            "how far it follows the proposal and why, and what comes next."
        ),
    ),
)


_BELOW: dict[Below, str | Promise] = {
    Below.STANDS: gettext_lazy("stays a case"),
    Below.REOPENS: gettext_lazy("is open for endorsement again"),
}


def told(rules: RuleParameters) -> tuple[Clause, ...]:
    """All numbers of a rule set, in the order of a proposal's life."""
    threshold = _("%(n)s endorsements") % {"n": f"{rules.threshold:,}"}
    before = _("%(n)s days before polling") % {"n": f"{rules.election_pause_days:,}"}
    agencies = _("up to %(n)s agencies") % {"n": f"{rules.max_agencies:,}"}
    return (
        Clause(_("Check of a new proposal"), term_words(rules.check), rules.check.basis),
        Clause(_("Endorsing is open for"), term_words(rules.endorse), rules.endorse.basis),
        Clause(_("Threshold"), threshold, rules.endorse.basis),
        Clause(_("Formal response"), term_words(rules.response), rules.response.basis),
        Clause(
            _("The same matter may not return for"),
            term_words(rules.reproposal_bar),
            rules.reproposal_bar.basis,
        ),
        Clause(_("Appeal against hiding"), term_words(rules.appeal), rules.appeal.basis),
        Clause(
            _("Decision on an appeal"),
            term_words(rules.appeal_decision),
            rules.appeal_decision.basis,
        ),
        Clause(
            _("A case with endorsements taken off, below the threshold"),
            str(_BELOW[rules.below_threshold.outcome]),
            rules.below_threshold.basis,
        ),
        Clause(_("Agencies a proposer may name"), agencies, ""),
        Clause(_("Proposing and endorsing pause"), before, ""),
    )


def all_told(at: datetime) -> list[ToldRuleSet]:
    """Every rule set, those in force first, each government's newest before its older ones."""
    day = local_day(at)
    rows = sorted(
        casework.rule_sets(),
        key=lambda row: (row.jurisdiction.position, -row.in_force_from.toordinal()),
    )
    shaped = [ToldRuleSet(row, told(row.rules), _in_force(row, rows, day)) for row in rows]
    return sorted(shaped, key=lambda one: not one.in_force)


def _in_force(row: "RuleSet", rows: Sequence["RuleSet"], day: date) -> bool:
    """The newest of its government that has begun and not ended."""
    begun = [
        other
        for other in rows
        if other.jurisdiction_id == row.jurisdiction_id
        and other.in_force_from <= day
        and (other.in_force_until is None or other.in_force_until > day)
    ]
    return row in begun and row.in_force_from == max(other.in_force_from for other in begun)


def coverage(at: datetime) -> Coverage:
    """The calendar of working days, with the make-up working days still to come or of this year."""
    calendar = load_calendar()
    year = local_day(at).year
    workdays = sorted((day, why) for day, why in calendar.workdays.items() if day.year >= year)
    return Coverage(calendar, tuple(workdays), len(calendar.holidays))
