"""A proposal with as many endorsers as wanted."""

from minben.proposals.models import Endorsement, Proposal
from tests.db.crowd import crowd
from tests.db.refused.by_proposals import reached


def endorsed_by(count: int) -> Proposal:
    """A proposal that reached its threshold, endorsed by `count` people and nobody else."""
    proposal = reached()
    Endorsement.objects.filter(proposal=proposal).delete()
    people = crowd(count)
    Endorsement.objects.bulk_create(
        (
            Endorsement(
                proposal=proposal, person_id=by.person_id, at=proposal.reached_at, number=number
            )
            for number, by in enumerate(people, start=1)
        ),
        batch_size=500,
    )
    Proposal.objects.filter(pk=proposal.pk).update(endorsed=count, numbered=count)
    return proposal
