"""Extending the time for an answer (延長回應期限): the deadline's copy here moves with it."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from minben.casework import actions as casework_actions
from minben.casework.rules import DeadlineKind
from minben.kernel.actor import Actor
from minben.kernel.refusal import Refusal
from minben.proposals.models import Proposal
from minben.proposals.notify_people import tell_endorsers, tell_proposer
from minben.proposals.rules import State

if TYPE_CHECKING:
    from minben.casework.models import Extension


@transaction.atomic
def extend_response(
    *, proposal_id: int, until: date, reason: str, by: Actor, at: datetime
) -> "Extension":
    """Extend the time for the answer to the end of `until`, once, before it is up.

    Proposer and endorsers are told why.

    Raises:
        Refusal: ``not_answerable``, or what `casework.actions.extend_deadline` refuses.
    """
    proposal = (
        Proposal.objects.select_for_update(of=("self",), no_key=True)
        .select_related("case__rule_set", "case__lead")
        .get(pk=proposal_id)
    )
    if proposal.state != State.REACHED:
        raise Refusal("not_answerable")
    extension = casework_actions.extend_deadline(
        case_id=proposal.case_id,
        kind=DeadlineKind.RESPONSE,
        until=until,
        reason=reason,
        by=by,
        at=at,
    )
    proposal.response_due_at = extension.to_due_at
    proposal.save(update_fields=["response_due_at"])
    tell_proposer("extended", proposal, by=by, at=at, reason=extension.reason)
    tell_endorsers("extended", proposal, by=by, at=at, reason=extension.reason)
    return extension
