"""Answering (正式回應): the publish act of the lead agency, and what follows from it."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from minben.audit.actions import record
from minben.casework import actions as casework_actions
from minben.kernel.actor import Actor
from minben.kernel.refusal import Refusal
from minben.proposals.models import Proposal
from minben.proposals.notify_people import tell_endorsers, tell_proposer
from minben.proposals.rules import LIFE, Act, State

if TYPE_CHECKING:
    from minben.casework.models import Response


@transaction.atomic
def publish_answer(*, proposal_id: int, revision: int, by: Actor, at: datetime) -> "Response":
    """Publish the drafted response that the confirmation page showed, once and for good."""
    proposal = (
        Proposal.objects.select_for_update(of=("self",), no_key=True)
        .select_related("case")
        .get(pk=proposal_id)
    )
    if proposal.state != State.REACHED:
        raise Refusal("not_answerable")
    response = casework_actions.publish_response(
        case_id=proposal.case_id, revision=revision, by=by, at=at
    )
    proposal.state = LIFE.next(State(proposal.state), Act.ANSWER)
    proposal.answered_at, proposal.adoption = at, response.adoption
    proposal.save(update_fields=["state", "answered_at", "adoption"])
    casework_actions.close_case(case=proposal.case, by=by, at=at)
    record(
        "proposals.answered",
        by=by,
        at=at,
        subject=f"proposal:{proposal.pk}",
        case_id=proposal.case_id,
        data={"adoption": response.adoption},
    )
    tell_proposer("answered", proposal, by=by, at=at, adoption=response.adoption)
    tell_endorsers("answered", proposal, by=by, at=at, adoption=response.adoption)
    return response
