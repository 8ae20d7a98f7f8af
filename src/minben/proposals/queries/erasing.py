"""What stands against erasing somebody, and how long their number is kept (個人資料之刪除)."""

from datetime import datetime, timedelta

from django.db.models import Max

from minben.kernel.refusal import Refusal
from minben.proposals.models import Appeal, Endorsement, Proposal
from minben.proposals.rules import State

NUMBER_KEPT = timedelta(days=365)
"""How long after the last window closed a number must endorse nothing else: objections to a count
and what follows from them are over by then."""


def hindrance(person_id: int, at: datetime) -> Refusal | None:
    """A proposal whose check or appeal is under way needs its proposer. Two queries."""
    own = Proposal.objects.filter(proposer_id=person_id).select_related("case")
    if waiting := own.filter(state=State.CHECKING).first():
        return Refusal("erase_checking", number=waiting.case.number)
    appeal = (
        Appeal.objects.filter(proposal__proposer_id=person_id, decided_at=None)
        .select_related("proposal__case")
        .first()
    )
    return Refusal("erase_appealing", number=appeal.proposal.case.number) if appeal else None


def number_held_until(person_id: int) -> datetime | None:
    """A year after the last window closes in which the person endorsed. One query."""
    mine = Endorsement.objects.filter(person_id=person_id)
    last: datetime | None = mine.aggregate(last=Max("proposal__closes_at"))["last"]
    return last + NUMBER_KEPT if last else None
