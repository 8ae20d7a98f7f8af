"""What a changed count brings about for the case (附議數變動之效果), as its rule set says."""

from datetime import date, datetime

from minben.audit.actions import record
from minben.casework import actions as casework_actions
from minben.casework.rules import DeadlineKind, Outcome
from minben.kernel.actor import SYSTEM, Actor
from minben.kernel.periods import local_day
from minben.proposals.actions.endorsing import reach
from minben.proposals.invalidation import Turn, turn_of
from minben.proposals.models import Campaign, CurvePoint, Proposal
from minben.proposals.notify_campaigns import tell_of_falling
from minben.proposals.rules import LIFE, Act, State


def follow_count(
    proposal: Proposal, change: int, *, campaign: Campaign, by: Actor, at: datetime
) -> None:
    """Change the valid count of a locked proposal by `change`, and do what follows from that."""
    before = proposal.endorsed
    proposal.endorsed = before + change
    proposal.save(update_fields=["endorsed"])
    _draw(proposal, before, local_day(at))
    rule = proposal.case.rule_set.rules.below_threshold
    turn = turn_of(
        State(proposal.state),
        before=before,
        after=proposal.endorsed,
        threshold=proposal.threshold,
        below=rule.outcome,
        window_open=proposal.closes_at is not None and at < proposal.closes_at,
    )
    if turn is Turn.REACHES:
        _reach_again(proposal, at)
    elif turn is not Turn.NOTHING:
        _fall(proposal, turn, campaign, by, at)


def _reach_again(proposal: Proposal, at: datetime) -> None:
    if proposal.state == State.LAPSED:
        casework_actions.reopen_case(case=proposal.case, by=SYSTEM, at=at)
    reach(proposal, at)


def _fall(proposal: Proposal, turn: Turn, campaign: Campaign, by: Actor, at: datetime) -> None:
    rule = proposal.case.rule_set.rules.below_threshold
    if turn is Turn.REOPENS:
        _undo_reaching(proposal, Act.REOPEN, at)
    elif turn is Turn.LAPSES:
        _undo_reaching(proposal, Act.FALL, at)
        # The window has closed; if no tick has written that down yet, it lapsed with it.
        casework_actions.end_deadline(
            case_id=proposal.case_id,
            kind=DeadlineKind.ENDORSE_CLOSE,
            outcome=Outcome.LAPSED,
            by=SYSTEM,
            at=proposal.closes_at or at,
        )
        casework_actions.close_case(case=proposal.case, by=SYSTEM, at=at)
    record(
        "proposals.fell_below",
        by=by,
        at=at,
        subject=f"proposal:{proposal.pk}",
        case_id=proposal.case_id,
        data={
            "campaign": campaign.pk,
            "count": proposal.endorsed,
            "threshold": proposal.threshold,
            "rule": rule.outcome,
            "outcome": turn,
            "basis": rule.basis,
        },
    )
    tell_of_falling(campaign, turn, basis=rule.basis, by=by, at=at)


def _undo_reaching(proposal: Proposal, act: Act, at: datetime) -> None:
    proposal.state = LIFE.next(State(proposal.state), act)
    proposal.reached_at = proposal.response_due_at = None
    proposal.save(update_fields=["state", "reached_at", "response_due_at"])
    for kind in (DeadlineKind.RESPONSE, DeadlineKind.HANDLING_PLAN, DeadlineKind.CONTACT):
        casework_actions.end_deadline(
            case_id=proposal.case_id, kind=kind, outcome=Outcome.CANCELLED, by=SYSTEM, at=at
        )


def _draw(proposal: Proposal, before: int, day: date) -> None:
    """Bend the curve on the day of the act; the days before stay as they were counted."""
    points = dict(CurvePoint.objects.filter(proposal=proposal).values_list("day", "total"))
    known = max((one for one in points if one <= day), default=None)
    points.setdefault(day, before if known is None else points[known])
    change = proposal.endorsed - before
    CurvePoint.objects.bulk_create(
        [
            CurvePoint(proposal=proposal, day=one, total=max(total + change, 0))
            for one, total in points.items()
            if one >= day
        ],
        update_conflicts=True,
        unique_fields=["proposal", "day"],
        update_fields=["total"],
    )
