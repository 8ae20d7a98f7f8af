"""What became of an archived proposal, by the rules it was under (檔案提議之結果與期限). Pure.

What the archive does not say is not made up: its guess at the disposition is not read; a
proposal it last saw before its window closed, and never lists among those that reached, has
lapsed by inference, which the record of lapsing says with the day it was last seen.
"""

from dataclasses import dataclass
from datetime import date, datetime

from minben.casework.archive import ArchivedDeadline
from minben.casework.rules import DeadlineKind, Outcome, RuleParameters
from minben.kernel.calendar import WorkCalendar
from minben.kernel.periods import Term, end_of, local_day, start_of
from minben.proposals.archive.records import ArchivedProposal, Post
from minben.proposals.rules import State

BASIS = "檔案所載期限（JOIN 提點子）"  # where the archive's date is not what the rule gives
REENTERED = date(2017, 3, 30)
"""On this day JOIN stamped posts anew: one of them promises an answer by 28 September 2016."""


@dataclass(frozen=True, slots=True)
class Fate:
    """How an archived proposal stands.

    Args:
        state: a state the platform knows.
        opens_at: the day after acceptance.
        final: the post that is the formal response, None if there is none.
        response_due_at: None unless it reached, and None where the archive ends before it.
        closed_at: when the case ended; None while it is open.
        deadlines: to be stored, each with its outcome.
    """

    state: State
    opens_at: datetime
    final: Post | None
    response_due_at: datetime | None
    closed_at: datetime | None
    deadlines: tuple[ArchivedDeadline, ...]

    @property
    def missed_response(self) -> ArchivedDeadline | None:
        """The response deadline, if it passed without the formal response."""
        for deadline in self.deadlines:
            if deadline.kind is DeadlineKind.RESPONSE and deadline.missed_at:
                return deadline
        return None


def final_post(posts: tuple[Post, ...]) -> Post | None:
    """The formal response: the first post that is no interim notice and decides on adoption.

    Later ones are reports of progress. Where every such post repeats one sentence in its
    blocks, the last of them counts. Basis: on JOIN the block 參採情形 is the formal response.
    """
    given = [post for post in posts if not post.interim and post.says_something]
    deciding = [post for post in given if post.decides]
    return deciding[0] if deciding else given[-1] if given else None


def fate_of(
    told: ArchivedProposal, rules: RuleParameters, calendar: WorkCalendar, at: datetime
) -> Fate:
    """Work out state and deadlines. `at` is now: a window of the archive may still be open."""
    final = final_post(told.posts) if told.reached_at else None
    state = _state(told, final, at)
    opens_at = start_of(rules.endorse.starts_on(told.accepted_at))
    closed_at = {
        State.ANSWERED: final.at if final else None,
        State.LAPSED: told.closes_at,
        State.WITHDRAWN: told.withdrawn_at,
    }.get(state)
    response = _response(told, final, rules.response, calendar)
    check = _check(told, rules.check, calendar)
    return Fate(
        state=state,
        opens_at=opens_at,
        final=final,
        response_due_at=response.due_at
        if response and response.outcome is not Outcome.CANCELLED
        else None,
        closed_at=closed_at,
        deadlines=tuple(
            deadline
            for deadline in (check, _window(told, state, opens_at, rules, calendar, at), response)
            if deadline
        ),
    )


def _state(told: ArchivedProposal, final: Post | None, at: datetime) -> State:
    if told.withdrawn_at:
        return State.WITHDRAWN
    if told.reached_at:
        return State.ANSWERED if final else State.REACHED
    return State.LAPSED if told.closes_at <= at else State.ENDORSING


def _basis(term: Term, start: datetime, due: datetime, calendar: WorkCalendar) -> str:
    return term.basis if term.due(start, calendar) == due else BASIS


def _check(told: ArchivedProposal, term: Term, calendar: WorkCalendar) -> ArchivedDeadline | None:
    if told.check_due_at is None:
        return None
    due = told.check_due_at
    return ArchivedDeadline(
        kind=DeadlineKind.CHECK,
        starts_at=start_of(term.starts_on(told.check_from)),
        due_at=due,
        basis=_basis(term, told.check_from, due, calendar),
        outcome=Outcome.MET,
        outcome_at=told.accepted_at,
        missed_at=due if told.accepted_at >= due else None,
    )


def _window(
    told: ArchivedProposal,
    state: State,
    opens_at: datetime,
    rules: RuleParameters,
    calendar: WorkCalendar,
    at: datetime,
) -> ArchivedDeadline:
    due = told.closes_at
    outcome, outcome_at = Outcome.MET, due
    if state is State.WITHDRAWN:
        outcome, outcome_at = Outcome.CANCELLED, told.withdrawn_at or due
    elif state is State.LAPSED:
        outcome = Outcome.LAPSED
    is_open = due > at and outcome is Outcome.MET
    return ArchivedDeadline(
        kind=DeadlineKind.ENDORSE_CLOSE,
        starts_at=opens_at,
        due_at=due,
        basis=_basis(rules.endorse, told.accepted_at, due, calendar),
        outcome=Outcome.OPEN if is_open else outcome,
        outcome_at=None if is_open else outcome_at,
    )


def _response(
    told: ArchivedProposal, final: Post | None, term: Term, calendar: WorkCalendar
) -> ArchivedDeadline | None:
    """Two months by the pinned rules; without an answer it is missed only if the archive can tell.

    A late stamp of the day on which earlier posts were entered anew proves nothing. And the
    archive ends somewhere: a deadline after its last sight of the proposal is cancelled
    there: whether it was kept is not known, and nobody is called late on no evidence.
    """
    if told.reached_at is None:
        return None
    due = term.due(told.reached_at, calendar)
    seen_until = _seen_until(told)
    outcome = Outcome.OPEN
    outcome_at: datetime | None = None
    missed: datetime | None = due
    if final:
        late = final.at >= due and local_day(final.at) != REENTERED
        outcome, outcome_at, missed = Outcome.MET, final.at, due if late else None
    elif seen_until < due:
        outcome, outcome_at, missed = Outcome.CANCELLED, seen_until, None
    return ArchivedDeadline(
        kind=DeadlineKind.RESPONSE,
        starts_at=start_of(term.starts_on(told.reached_at)),
        due_at=due,
        basis=term.basis,
        outcome=outcome,
        outcome_at=outcome_at,
        missed_at=missed,
    )


def _seen_until(told: ArchivedProposal) -> datetime:
    known = [told.reached_at or told.accepted_at, *(post.at for post in told.posts)]
    if told.last_seen:
        known.append(end_of(told.last_seen))
    return max(known)
