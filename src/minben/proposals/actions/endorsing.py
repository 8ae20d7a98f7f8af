"""Endorsing (附議): one statement that only inserts, and nobody waits for anybody.

The condition under which one may endorse is part of the statement (`inserting`), so nothing is
asked before;
the unique constraint refuses the second one. Only when nothing was inserted is it asked why.
Number, count and crossing come from the order of the public ledger, in `folding`.
"""

from dataclasses import dataclass
from datetime import datetime

from minben.audit.actions import record
from minben.base.metrics import counting_endorsements
from minben.casework import actions as casework_actions
from minben.casework import queries as casework
from minben.casework.rules import DeadlineKind
from minben.kernel.actor import SYSTEM, Actor
from minben.kernel.periods import last_day, local_day
from minben.kernel.refusal import Refusal
from minben.operations.rules import Service
from minben.operations.switches import refuse_if_stopped
from minben.people import queries as people
from minben.proposals.actions.inserting import Written, insert_one, prepare
from minben.proposals.models import Endorsement, Proposal
from minben.proposals.notify_people import tell_agency, tell_proposer
from minben.proposals.queries.places import place_of
from minben.proposals.rules import LIFE, Act, State, endorse_fault


@dataclass(frozen=True, slots=True)
class Given:
    """An endorsement that stands, and is not counted yet: its row, and what was written there."""

    pk: int
    written: Written


@counting_endorsements
def endorse(
    *,
    proposal_id: int,
    by: Actor,
    at: datetime,
    reason: str = "",
    network: bytes | None = None,
) -> Given:
    """Endorse a proposal, for good. One statement; it waits for nobody.

    `network` is the mark of where the request came from (`queries.networks.mark_of`).

    Raises:
        Refusal: ``verification_required``, ``not_endorsable``, ``endorse_too_early``,
            ``endorse_too_late``, ``endorse_paused``, ``endorsed_already``,
            ``endorse_reason_too_long``, ``signing_stopped``, ``read_only``.
        Proposal.DoesNotExist: there is none with that id.
    """
    if not by.verified or by.person_id is None:
        raise Refusal("verification_required")
    refuse_if_stopped(Service.SIGNING)
    reason = reason.strip()
    if reason:
        _refuse_long(proposal_id, reason)
    place = place_of(proposal_id)
    written = prepare(place, people.user_of(by), at, reason, network)
    pk = insert_one(place, written)
    if pk is None:
        raise _refusal(proposal_id, written.person_id, at)
    return Given(pk, written)


def _refuse_long(proposal_id: int, reason: str) -> None:
    proposal = Proposal.objects.select_related("case__rule_set").get(pk=proposal_id)
    limit = proposal.case.rule_set.rules.limits["endorse_reason"]
    if len(reason) > limit:
        raise Refusal("endorse_reason_too_long", field="reason", limit=limit)


def _refusal(proposal_id: int, person_id: int, at: datetime) -> Refusal:
    """Why nothing was inserted."""
    proposal = Proposal.objects.select_related("case__rule_set").get(pk=proposal_id)
    basis = proposal.case.rule_set.rules.endorse.basis
    code = endorse_fault(
        State(proposal.state),
        at,
        opens_at=proposal.opens_at,
        closes_at=proposal.closes_at,
        paused=casework.pause_at(proposal.case.jurisdiction_id, at) is not None,
    )
    if not code and Endorsement.objects.filter(proposal=proposal, person_id=person_id).exists():
        code = "endorsed_already"
    return Refusal(
        code or "not_endorsable",
        basis=basis,
        opens=local_day(proposal.opens_at).isoformat() if proposal.opens_at else "",
        closed=last_day(proposal.closes_at).isoformat() if proposal.closes_at else "",
    )


def reach(proposal: Proposal, at: datetime) -> None:
    """The threshold is reached at the instant of the crossing endorsement; the clocks start."""
    rules = proposal.case.rule_set.rules
    proposal.state = LIFE.next(State(proposal.state), Act.REACH)
    proposal.reached_at = at
    deadline = casework_actions.start_deadline(
        case=proposal.case,
        kind=DeadlineKind.RESPONSE,
        term=rules.response,
        starts_at=at,
        by=SYSTEM,
        at=at,
    )
    for kind in (DeadlineKind.HANDLING_PLAN, DeadlineKind.CONTACT):
        casework_actions.start_deadline(
            case=proposal.case, kind=kind, starts_at=at, by=SYSTEM, at=at
        )
    proposal.case.lead_id = deadline.agency_id
    proposal.response_due_at = deadline.due_at
    proposal.save(update_fields=["state", "reached_at", "response_due_at"])
    record(
        "proposals.reached",
        by=SYSTEM,
        at=at,
        subject=f"proposal:{proposal.pk}",
        case_id=proposal.case_id,
        data={"number": proposal.threshold, "due_at": deadline.due_at.isoformat()},
    )
    tell_proposer("reached", proposal, by=SYSTEM, at=at)
    tell_agency("reached_agency", proposal, by=SYSTEM, at=at)
