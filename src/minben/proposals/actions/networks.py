"""Emptying the marks of networks (清除網路識別碼) once nobody can need them any more."""

from datetime import datetime, timedelta

from django.db import transaction

from minben.audit.actions import record
from minben.base.each import each
from minben.kernel.actor import Actor
from minben.proposals.invalidation import NETWORKS_KEPT_DAYS
from minben.proposals.models import Endorsement, Proposal


def empty_networks(*, by: Actor, at: datetime) -> int:
    """Forget where endorsements came from, 180 days after the window; returns how many proposals."""
    over = Proposal.objects.filter(
        closes_at__lte=at - timedelta(days=NETWORKS_KEPT_DAYS),
        networks_emptied_at=None,
        archive_id=None,
    )
    return each(list(over.values_list("pk", flat=True)), lambda pk: _empty(pk, by, at))


@transaction.atomic
def _empty(proposal_id: int, by: Actor, at: datetime) -> int:
    waiting = Proposal.objects.filter(pk=proposal_id, networks_emptied_at=None)
    if not waiting.update(networks_emptied_at=at):
        return 0  # another tick did it
    marked = Endorsement.objects.filter(proposal_id=proposal_id, network__isnull=False)
    record(
        "proposals.networks_emptied",
        by=by,
        at=at,
        subject=f"proposal:{proposal_id}",
        data={"count": marked.update(network=None)},
    )
    return 1
