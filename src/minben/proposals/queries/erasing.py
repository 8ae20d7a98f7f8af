"""What stands against erasing somebody, and how long their number is kept (個人資料之刪除)."""

from datetime import datetime, timedelta

from django.db.models import Max

from minben.kernel.refusal import Refusal
from minben.proposals.models import Appeal, CampaignAppeal, Endorsement, Proposal
from minben.proposals.rules import State

NUMBER_KEPT = timedelta(days=365)
"""How long after the last window closed a number must endorse nothing else: objections to a count
and what follows from them are over by then."""


def hindrance(person_id: int, at: datetime) -> Refusal | None:
    """A check or an appeal that is under way needs the person behind it. Three queries."""
    waiting = Proposal.objects.filter(proposer_id=person_id, state=State.CHECKING)
    if number := waiting.values_list("case__number", flat=True).first():
        return Refusal("erase_checking", number=number)
    appeals = Appeal.objects.filter(proposal__proposer_id=person_id, decided_at=None)
    others = CampaignAppeal.objects.filter(filed_by=f"person:{person_id}", decided_at=None)
    number = (
        appeals.values_list("proposal__case__number", flat=True).first()
        or others.values_list("entry__campaign__proposal__case__number", flat=True).first()
    )
    return Refusal("erase_appealing", number=number) if number else None


def number_held_until(person_id: int) -> datetime | None:
    """A year after the last window closes in which the person endorsed. One query."""
    mine = Endorsement.objects.filter(person_id=person_id)
    last: datetime | None = mine.aggregate(last=Max("proposal__closes_at"))["last"]
    return last + NUMBER_KEPT if last else None
