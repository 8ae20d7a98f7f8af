"""Lapsing, closing the window and withdrawing (未成案、附議截止、撤回)."""

from datetime import datetime

from django.db import transaction

from minben.audit.actions import record
from minben.base.each import each
from minben.casework import actions as casework_actions
from minben.casework import queries as casework
from minben.casework.rules import DeadlineKind, Outcome
from minben.kernel.actor import Actor
from minben.kernel.machine import ForbiddenAct
from minben.kernel.refusal import Refusal
from minben.proposals.actions.folding import settle
from minben.proposals.models import Proposal
from minben.proposals.notify_people import tell_proposer
from minben.proposals.rules import LIFE, Act, State, reason_fault


def close_due(*, by: Actor, at: datetime) -> int:
    """Close every endorsing window that has ended; returns how many.

    Short of the threshold the proposal lapses; otherwise only endorsing ends. Safe to run twice.
    """
    due = casework.open_deadlines().filter(kind=DeadlineKind.ENDORSE_CLOSE, due_at__lte=at)
    cases = list(due.values_list("case_id", flat=True))
    return each(cases, lambda case_id: _close(case_id, by, at))


@transaction.atomic
def _close(case_id: int, by: Actor, at: datetime) -> int:
    settle(by=by, at=at)
    proposal = (
        Proposal.objects.select_for_update(of=("self",), no_key=True)
        .select_related("case")
        .get(case_id=case_id)
    )
    closed_at = proposal.closes_at
    # Asked again under the lock: a pause may have moved the window in the meantime.
    if closed_at is None or closed_at > at:
        return 0
    lapsed = proposal.state == State.ENDORSING
    # Ending the deadline is the compare-and-set: of two ticks at once only one gets True.
    if not casework_actions.end_deadline(
        case_id=case_id,
        kind=DeadlineKind.ENDORSE_CLOSE,
        outcome=Outcome.LAPSED if lapsed else Outcome.MET,
        by=by,
        at=closed_at,
    ):
        return 0
    if lapsed:
        proposal.state = LIFE.next(State(proposal.state), Act.LAPSE)
        proposal.save(update_fields=["state"])
        casework_actions.close_case(case=proposal.case, by=by, at=closed_at)
        tell_proposer("lapsed", proposal, by=by, at=at)
    kind = "lapsed" if lapsed else "window_closed"
    _record(kind, proposal, by, closed_at, endorsed=proposal.endorsed)
    return 1


@transaction.atomic
def withdraw(*, proposal_id: int, reason: str, by: Actor, at: datetime) -> Proposal:
    """Withdraw one's own proposal before it reaches, with a reason everybody can read."""
    settle(by=by, at=at)
    proposal = (
        Proposal.objects.select_for_update(of=("self",), no_key=True)
        .select_related("case")
        .get(pk=proposal_id)
    )
    if proposal.proposer_id is None or proposal.proposer_id != by.person_id:
        raise Refusal("not_proposer")
    try:
        state = LIFE.next(State(proposal.state), Act.WITHDRAW)
    except ForbiddenAct as error:
        raise Refusal("not_withdrawable") from error
    if proposal.closes_at and at >= proposal.closes_at:
        raise Refusal("not_withdrawable")
    if code := reason_fault(reason):
        raise Refusal(code, field="reason")
    proposal.state, proposal.withdrawn_at = state, at
    proposal.withdraw_reason = reason.strip()
    proposal.save(update_fields=["state", "withdrawn_at", "withdraw_reason"])
    for kind in (DeadlineKind.CHECK, DeadlineKind.ENDORSE_CLOSE):
        casework_actions.end_deadline(
            case_id=proposal.case_id, kind=kind, outcome=Outcome.CANCELLED, by=by, at=at
        )
    casework_actions.close_case(case=proposal.case, by=by, at=at)
    _record("withdrawn", proposal, by, at, reason=proposal.withdraw_reason)
    return proposal


@transaction.atomic
def follow_moved_windows(*, jurisdiction_id: int, by: Actor, at: datetime) -> int:
    """After a pause was declared or cancelled, copy the moved closing times; returns how many."""
    moved = 0
    for deadline in casework.open_deadlines().filter(
        kind=DeadlineKind.ENDORSE_CLOSE, case__jurisdiction_id=jurisdiction_id
    ):
        moved += (
            Proposal.objects.filter(case_id=deadline.case_id)
            .exclude(closes_at=deadline.due_at)
            .update(closes_at=deadline.due_at)
        )
    return moved


def _record(kind: str, proposal: Proposal, by: Actor, at: datetime, **data: object) -> None:
    record(
        f"proposals.{kind}",
        by=by,
        at=at,
        subject=f"proposal:{proposal.pk}",
        case_id=proposal.case_id,
        data=data,
    )
