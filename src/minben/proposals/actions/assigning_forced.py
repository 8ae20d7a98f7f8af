"""Forcing an assignment (強制分辦): only proposals know how many endorsed."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from minben.assigning import actions as assigning
from minben.kernel.actor import Actor
from minben.kernel.refusal import Refusal
from minben.proposals.models import Proposal
from minben.proposals.rules import State


@transaction.atomic
def force_agencies(
    *, proposal_id: int, agency_ids: Sequence[int], reason: str, by: Actor, at: datetime
) -> Proposal:
    """Name the responsible agencies, lead first, so that none can dispute.

    Raises:
        Refusal: ``decided_already``, or as `assigning.actions.force_assignment`.
    """
    proposal = (
        Proposal.objects.select_for_update(of=("self",), no_key=True)
        .select_related("case")
        .get(pk=proposal_id)
    )
    if proposal.state not in (State.ENDORSING, State.REACHED):
        raise Refusal("decided_already")
    assigning.force_assignment(
        case_id=proposal.case_id,
        agency_ids=agency_ids,
        reason=reason,
        endorsed=proposal.endorsed,
        threshold=proposal.threshold,
        by=by,
        at=at,
    )
    return proposal
