"""What happens next to a proposal, and by when (下一個法定日期). Pure.

Every stage has an answer: the dates still to come, most pressing first, each with the clause it
rests on; where none is left the tuple is empty and the stage itself says why.

Basis: the terms of the case's pinned rule set; see minben.casework.rules.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from minben.casework.rules import RuleParameters
from minben.kernel.calendar import CalendarRangeError, load_calendar
from minben.kernel.periods import Term, local_day
from minben.proposals.rules import Stage


class Step(StrEnum):
    """What a coming date is about."""

    CHECK = "check"  # 檢核期限
    OPENS = "opens"  # 開放附議
    RESUMES = "resumes"  # 恢復附議
    CLOSES = "closes"  # 附議截止
    RESPONSE = "response"  # 機關應正式回應
    APPEAL_DECISION = "appeal_decision"  # 申覆決定期限
    APPEAL_CLOSES = "appeal_closes"  # 申覆截止
    REPROPOSAL = "reproposal"  # 同一事項得再提議


@dataclass(frozen=True, slots=True)
class NextDate:
    """One coming date.

    Args:
        step: what it is about.
        due: an exclusive instant (the midnight that ends the last day), or for something that
            begins, its first day.
        basis: the clause it rests on.
    """

    step: Step
    due: date
    basis: str = ""

    @property
    def starts(self) -> bool:
        """Something begins on that day, rather than ends with it."""
        return self.step in (Step.OPENS, Step.RESUMES, Step.REPROPOSAL)


@dataclass(frozen=True, slots=True)
class KnownDates:
    """The stored instants of a proposal that may lie ahead; None where there is none."""

    check_due_at: datetime | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    pause_ends_at: datetime | None = None
    reached_at: datetime | None = None
    response_due_at: datetime | None = None


def next_dates(
    stage: Stage, known: KnownDates, rules: RuleParameters, at: datetime
) -> tuple[NextDate, ...]:
    """Return the dates still to come for a proposal in `stage` at `at`, most pressing first.

    An answer that is late stays first until it is given, although its day has passed.
    """
    if stage is Stage.CHECKING:
        return _found(Step.CHECK, known.check_due_at, rules.check)
    if stage in (Stage.HIDDEN, Stage.LAPSED, Stage.WITHDRAWN):
        return ()
    return (
        *(_answer(known, rules) if stage in (Stage.REACHED, Stage.OVERDUE) else ()),
        *_window(known, rules, at),
        *_reproposal(known, rules, at),
    )


def _found(step: Step, due: datetime | None, term: Term) -> tuple[NextDate, ...]:
    return (NextDate(step, due, term.basis),) if due else ()


def _answer(known: KnownDates, rules: RuleParameters) -> tuple[NextDate, ...]:
    return _found(Step.RESPONSE, known.response_due_at, _answer_term(known, rules))


def _answer_term(known: KnownDates, rules: RuleParameters) -> Term:
    """What the date of the answer rests on: the term itself, or that it was extended."""
    if known.reached_at is None or known.response_due_at is None:
        return rules.response
    try:
        first = rules.response.due(known.reached_at, load_calendar())
    except CalendarRangeError:
        return rules.response
    return rules.duties.extension if known.response_due_at > first else rules.response


def _window(known: KnownDates, rules: RuleParameters, at: datetime) -> tuple[NextDate, ...]:
    """When endorsing opens, resumes and closes; nothing once it has closed."""
    if known.opens_at is None or known.closes_at is None or at >= known.closes_at:
        return ()
    closes = NextDate(Step.CLOSES, known.closes_at, rules.endorse.basis)
    if at < known.opens_at:
        return (NextDate(Step.OPENS, local_day(known.opens_at), rules.endorse.basis), closes)
    if known.pause_ends_at is not None:
        return (NextDate(Step.RESUMES, local_day(known.pause_ends_at)), closes)
    return (closes,)


def _reproposal(known: KnownDates, rules: RuleParameters, at: datetime) -> tuple[NextDate, ...]:
    """From when the same matter may be proposed again, while it may not."""
    if known.reached_at is None:
        return ()
    try:
        until = rules.reproposal_bar.due(known.reached_at, load_calendar())
    except CalendarRangeError:  # a rule set that counts working days, and no calendar so far ahead
        return ()
    if at >= until:
        return ()
    return (NextDate(Step.REPROPOSAL, local_day(until), rules.reproposal_bar.basis),)
