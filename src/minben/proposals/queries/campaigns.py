"""Campaigns of invalidation for the staff desk (附議查核): what waits, and what was found."""

from collections.abc import Collection, Sequence

from django.db.models import F, Q, QuerySet

from minben.proposals.invalidation import CampaignState
from minben.proposals.models import Campaign, CampaignAppeal, CampaignEndorsement, Endorsement

_WAITING = (
    CampaignState.DRAFT,
    CampaignState.COUNTED,
    CampaignState.APPROVED,
    CampaignState.RUNNING,
    CampaignState.RESTORING,
)


def campaigns(*, waiting: bool = False) -> QuerySet[Campaign]:
    """Every campaign, newest first; or only those on which somebody has to do something."""
    rows = Campaign.objects.select_related("proposal__case__jurisdiction")
    if waiting:
        asked = Q(state__in=[CampaignState.RUNNING, CampaignState.RUN]) & ~Q(restore_asked_by="")
        rows = rows.filter(Q(state__in=_WAITING) | asked)
    return rows.order_by("-proposed_at", "-pk")


def campaign_of(pk: int) -> Campaign | None:
    """One campaign with its proposal, case and rules. One query."""
    rows = Campaign.objects.select_related("proposal__case__rule_set", "proposal__case__lead")
    return rows.filter(pk=pk).first()


def lines_of(ids: Collection[int]) -> Sequence[Endorsement]:
    """Endorsements of a sample, in the order of their numbers. One query."""
    return list(Endorsement.objects.filter(pk__in=ids).order_by("number"))


def left_to_do(campaign: Campaign) -> int:
    """How many endorsements the batches to come have to deal with. One query."""
    rows = CampaignEndorsement.objects.filter(campaign=campaign)
    if campaign.state == CampaignState.RESTORING:
        return rows.filter(taken_at__isnull=False, restored_at=None).count()
    return rows.filter(taken_at=None, skipped_at=None).count()


def appeals_waiting() -> QuerySet[CampaignAppeal]:
    """Endorsers' appeals that wait for their decision, soonest due first."""
    rows = CampaignAppeal.objects.filter(decided_at=None, entry__restored_at=None)
    return rows.select_related("entry__campaign__proposal__case").order_by(F("due_at"), "pk")


def appeal_of(pk: int) -> CampaignAppeal | None:
    """One endorser's appeal with endorsement, campaign and case. One query."""
    rows = CampaignAppeal.objects.select_related(
        "entry__endorsement", "entry__campaign__proposal__case__jurisdiction"
    )
    return rows.filter(pk=pk).first()
