"""Whom a proposal's acts tell (通知對象): written into the outbox with the act itself."""

from datetime import datetime
from typing import Any

from minben.kernel.actor import Actor
from minben.notify import actions as notify
from minben.people import queries as people
from minben.people.models import User
from minben.proposals.models import Endorsement, Proposal


def _context(proposal: Proposal, **more: Any) -> dict[str, Any]:  # Any: JSON values
    return {
        "proposal": proposal.pk,
        "number": proposal.case.number,
        "subject": proposal.subject,
        **more,
    }


def _tell(kind: str, user: User, proposal: Proposal, by: Actor, at: datetime, **more: Any) -> None:
    notify.enqueue(
        f"proposals.{kind}",
        fact=f"proposal:{proposal.pk}",
        recipient=f"person:{user.pk}",
        address=user.email,
        language=user.language,
        context=_context(proposal, **more),
        by=by,
        at=at,
    )


def tell_proposer(kind: str, proposal: Proposal, *, by: Actor, at: datetime, **more: Any) -> None:
    """Tell the proposer; archived proposals have none."""
    if proposal.proposer is not None:
        _tell(kind, proposal.proposer, proposal, by, at, **more)


def tell_endorser(endorsement: Endorsement, person: User, *, by: Actor, at: datetime) -> None:
    """Send the endorser a confirmation with the number."""
    _tell("endorsed", person, endorsement.proposal, by, at, endorsement=endorsement.number)


def tell_agency(kind: str, proposal: Proposal, *, by: Actor, at: datetime) -> None:
    """Tell officers and leads of the lead agency."""
    if proposal.case.lead_id is not None:
        for officer in people.officers_of(proposal.case.lead_id, at):
            _tell(kind, officer, proposal, by, at)


def tell_endorsers(kind: str, proposal: Proposal, *, by: Actor, at: datetime, **more: Any) -> None:
    """Tell everybody who endorsed here, except the proposer, who is told anyway."""
    rows = Endorsement.objects.filter(proposal=proposal, person__isnull=False)
    for row in rows.exclude(person_id=proposal.proposer_id).select_related("person").iterator():
        if row.person is not None:
            _tell(kind, row.person, proposal, by, at, **more)
