"""Whom a proposal's acts tell (通知對象): written into the outbox with the act itself."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from minben.kernel.actor import Actor
from minben.notify import actions as notify
from minben.people import queries as people
from minben.proposals.models import Endorsement, Proposal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from minben.people.models import User


def _reader(user: "User") -> notify.Reader:
    return notify.Reader(f"person:{user.pk}", user.email, user.language)


def _tell(
    kind: str,
    users: "Iterable[User]",
    proposal: Proposal,
    by: Actor,
    at: datetime,
    **more: Any,  # Any: JSON values
) -> None:
    notify.enqueue_all(
        f"proposals.{kind}",
        fact=f"proposal:{proposal.pk}",
        readers=map(_reader, users),
        context={
            "proposal": proposal.pk,
            "number": proposal.case.number,
            "subject": proposal.subject,
            **more,
        },
        by=by,
        at=at,
    )


def tell_proposer(kind: str, proposal: Proposal, *, by: Actor, at: datetime, **more: Any) -> None:
    """Tell the proposer; archived proposals have none."""
    if proposal.proposer is not None:
        _tell(kind, [proposal.proposer], proposal, by, at, **more)


def tell_endorser(endorsement: Endorsement, person: "User", *, by: Actor, at: datetime) -> None:
    """Send the endorser a confirmation with the number."""
    _tell("endorsed", [person], endorsement.proposal, by, at, endorsement=endorsement.number)


def tell_agency(kind: str, proposal: Proposal, *, by: Actor, at: datetime) -> None:
    """Tell officers and leads of the lead agency."""
    if proposal.case.lead_id is not None:
        _tell(kind, people.officers_of(proposal.case.lead_id, at), proposal, by, at)


def tell_endorsers(kind: str, proposal: Proposal, *, by: Actor, at: datetime, **more: Any) -> None:
    """Tell everybody who endorsed here, except the proposer, who is told anyway."""
    rows = Endorsement.objects.filter(proposal=proposal, person__isnull=False)
    rows = rows.exclude(person_id=proposal.proposer_id).select_related("person")
    endorsers = (row.person for row in rows.iterator() if row.person is not None)
    _tell(kind, endorsers, proposal, by, at, **more)
