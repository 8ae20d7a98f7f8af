"""The check (檢核): taken up by one checker at a time, accepted or hidden with ground and reason."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from minben.assigning import actions as assigning
from minben.audit.actions import record
from minben.casework import actions as casework_actions
from minben.casework.permissions import require
from minben.casework.rules import DeadlineKind, Outcome
from minben.kernel.actor import SYSTEM, Actor, Role
from minben.kernel.periods import TAIPEI
from minben.kernel.refusal import Refusal
from minben.people import queries as people
from minben.proposals.models import Check, Proposal
from minben.proposals.notify_people import tell_proposer
from minben.proposals.rules import LIFE, Act, State, reason_fault

LOCK = timedelta(minutes=30)
BASIS = "公共政策網路參與實施要點 (2018-04-11)：檢核"


def _locked_check(proposal_id: int, by: Actor) -> Check:
    # The proposal's row first, as withdrawing does: of the two acts at once only one happens.
    proposal = (
        Proposal.objects.select_for_update(of=("self",), no_key=True)
        .select_related("case__rule_set")
        .get(pk=proposal_id)
    )
    check = (
        Check.objects.select_for_update(of=("self",), no_key=True)
        .select_related("locked_by")
        .get(proposal=proposal)
    )
    check.proposal = proposal
    require(by, Role.CHECKER)
    if check.decided_at or check.proposal.state != State.CHECKING:
        raise Refusal("decided_already", basis=BASIS)
    if check.proposal.proposer_id == by.person_id:
        raise Refusal("own_proposal", basis=BASIS)
    return check


@transaction.atomic
def take_up_check(*, proposal_id: int, by: Actor, at: datetime) -> Check:
    """Lock the check for half an hour, or renew one's own lock."""
    check = _locked_check(proposal_id, by)
    _refuse_others_lock(check, by, at)
    fresh = check.locked_by_id != by.person_id or not check.locked_until or check.locked_until <= at
    check.locked_by_id, check.locked_until = by.person_id, at + LOCK
    check.save(update_fields=["locked_by", "locked_until"])
    if fresh:
        _record("check_locked", check.proposal, by, at)
    return check


@transaction.atomic
def release_check(*, proposal_id: int, by: Actor, at: datetime) -> None:
    """Give one's lock back."""
    check = _locked_check(proposal_id, by)
    if check.locked_by_id == by.person_id:
        check.locked_by = check.locked_until = None
        check.save(update_fields=["locked_by", "locked_until"])
        _record("check_released", check.proposal, by, at)


@transaction.atomic
def name_agencies(
    *, proposal_id: int, agency_ids: Sequence[int], by: Actor, at: datetime
) -> Proposal:
    """Name the responsible agencies, lead first: who holds the check, or the administrator.

    Once the matter has ended nobody renames who was responsible for it.
    """
    proposal = (
        Proposal.objects.select_for_update(of=("self",), no_key=True)
        .select_related("case")
        .get(pk=proposal_id)
    )
    if not by.has(Role.ADMINISTRATOR):
        _decidable(proposal_id, by, at)
    if proposal.state not in (State.CHECKING, State.ENDORSING, State.REACHED):
        raise Refusal("decided_already", basis=BASIS)
    assigning.assign_and_offer(case=proposal.case, agency_ids=agency_ids, by=by, at=at)
    return proposal


@transaction.atomic
def accept_for_endorsement(*, proposal_id: int, by: Actor, at: datetime) -> Proposal:
    """Pass the check: endorsing opens on the next day, for the days of the pinned rule set."""
    hold_pauses(proposal_id)
    check = _decidable(proposal_id, by, at)
    check.accepted = True
    _decide(check, by, at)
    open_window(check.proposal, Act.ACCEPT, by=by, at=at)
    _record(
        "accepted",
        check.proposal,
        by,
        at,
        opens_at=check.proposal.opens_at,
        closes_at=check.proposal.closes_at,
    )
    tell_proposer("accepted", check.proposal, by=by, at=at)
    return check.proposal


@transaction.atomic
def hide(
    *,
    proposal_id: int,
    ground: str,
    reason: str,
    by: Actor,
    at: datetime,
    merge_into_id: int | None = None,
) -> Proposal:
    """Hide a proposal on a catalogued ground with a written reason; the register shows both.

    The content is withheld only where the ground demands it. A ground that advises to join
    another proposal needs that open proposal; supporters are never moved.
    """
    check = _decidable(proposal_id, by, at)
    rules = check.proposal.case.rule_set.rules
    chosen = rules.ground(ground)
    if chosen is None:
        raise Refusal("ground_unknown", basis=BASIS, field="ground")
    if code := reason_fault(reason):
        raise Refusal(code, basis=BASIS, field="reason")
    if chosen.advises_merge or merge_into_id:
        check.merge_into = _open_proposal(merge_into_id, check.proposal, at)
    check.accepted, check.ground, check.reason = False, ground, reason.strip()
    check.withheld = chosen.withhold
    _decide(check, by, at)
    proposal = check.proposal
    proposal.state = LIFE.next(State(proposal.state), Act.HIDE)
    proposal.save(update_fields=["state"])
    _record(
        "hidden",
        proposal,
        by,
        at,
        ground=ground,
        reason=check.reason,
        merge_into=check.merge_into.case.number if check.merge_into else "",
    )
    tell_proposer("hidden", proposal, by=by, at=at, reason=check.reason, ground=chosen.zh)
    return proposal


def hold_pauses(proposal_id: int) -> None:
    """Keep pauses from being declared or cancelled while a window opens; before any other lock."""
    people.hold_government(
        Proposal.objects.select_related("case").get(pk=proposal_id).case.jurisdiction_id
    )


def open_window(proposal: Proposal, act: Act, *, by: Actor, at: datetime) -> None:
    """Set state and endorsing window after acceptance or a successful appeal."""
    term = proposal.case.rule_set.rules.endorse
    window = casework_actions.start_deadline(
        case=proposal.case,
        kind=DeadlineKind.ENDORSE_CLOSE,
        term=term,
        starts_at=at,
        by=SYSTEM,
        at=at,
        pausable=True,
    )
    proposal.state = LIFE.next(State(proposal.state), act)
    proposal.opens_at, proposal.closes_at = window.starts_at, window.due_at
    proposal.save(update_fields=["state", "opens_at", "closes_at"])
    # Agencies the proposer named are asked once the check has let them stand.
    assigning.offer_named(case_id=proposal.case_id, by=by, at=at)


def _open_proposal(pk: int | None, other: Proposal, at: datetime) -> Proposal:
    found = (
        Proposal.objects.select_related("case")
        .filter(pk=pk or 0, state=State.ENDORSING, closes_at__gt=at)
        .exclude(pk=other.pk)
        .first()
    )
    if found is None:
        raise Refusal("merge_target_unknown", basis=BASIS, field="merge_into")
    return found


def _decidable(proposal_id: int, by: Actor, at: datetime) -> Check:
    check = _locked_check(proposal_id, by)
    _refuse_others_lock(check, by, at)
    if check.locked_by_id != by.person_id:
        raise Refusal("check_not_locked", basis=BASIS)
    return check


def _refuse_others_lock(check: Check, by: Actor, at: datetime) -> None:
    if check.locked_by is None or check.locked_until is None or check.locked_until <= at:
        return
    if check.locked_by_id != by.person_id:
        raise Refusal(
            "check_locked",
            who=check.locked_by.nickname,
            until=f"{check.locked_until.astimezone(TAIPEI):%H:%M}",
        )


def _decide(check: Check, by: Actor, at: datetime) -> None:
    check.decided_by, check.decided_at = by.id, at
    check.locked_by = check.locked_until = None
    check.save()
    casework_actions.end_deadline(
        case_id=check.proposal.case_id,
        kind=DeadlineKind.CHECK,
        outcome=Outcome.MET,
        by=by,
        at=at,
    )


def _record(kind: str, proposal: Proposal, by: Actor, at: datetime, **data: object) -> None:
    record(
        f"proposals.{kind}",
        by=by,
        at=at,
        subject=f"proposal:{proposal.pk}",
        case_id=proposal.case_id,
        data={
            key: value.isoformat() if isinstance(value, datetime) else value
            for key, value in data.items()
        },
    )
