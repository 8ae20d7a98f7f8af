"""Campaigns of invalidation for the staff desk (附議查核): what waits, and what was found."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Count, F, Model, Q, QuerySet, Value

from minben.kernel.actor import Actor
from minben.kernel.periods import end_of, local_day
from minben.proposals.invalidation import CampaignState
from minben.proposals.models import Campaign, CampaignAppeal, CampaignEndorsement, Endorsement
from minben.proposals.queries.desk import Tally

M = TypeVar("M", bound=Model)
_WAITING = (
    CampaignState.DRAFT,
    CampaignState.COUNTED,
    CampaignState.APPROVED,
    CampaignState.RUNNING,
    CampaignState.RESTORING,
)
_ASKED_BACK = Q(state__in=[CampaignState.RUNNING, CampaignState.RUN]) & ~Q(restore_asked_by="")


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits of looking into endorsements.

    Args:
        campaigns: how many wait for somebody to do something.
        second: in how many of them the reader may be the second person.
        appeals: endorsers' appeals.
    """

    campaigns: int
    second: int
    appeals: Tally


def campaigns(*, waiting: bool = False) -> QuerySet[Campaign]:
    """Every campaign, newest first; or only those on which somebody has to do something."""
    rows = Campaign.objects.select_related("proposal__case__jurisdiction")
    if waiting:
        rows = rows.filter(Q(state__in=_WAITING) | _ASKED_BACK)
    return rows.order_by("-proposed_at", "-pk")


def waiting_for(by: Actor, at: datetime) -> Waiting:
    """Everything that waits, counted for one member of staff. One query.

    Nobody is the second person to what they proposed, or in a matter of their own.
    """
    others = ~Q(proposal__proposer_id=by.person_id or 0)
    to_approve = Q(state=CampaignState.COUNTED) & ~Q(proposed_by=by.id) & others
    to_take_back = _ASKED_BACK & ~Q(restore_asked_by=by.id) & others
    late = Q(due_at__lte=at)
    today = Q(due_at__gt=at, due_at__lte=end_of(local_day(at)))
    asked = _counted("campaigns", campaigns(waiting=True), to_approve, to_take_back)
    rows = asked.union(_counted("appeals", appeals_waiting(), late, today), all=True)
    found = {what: counts for what, *counts in rows}
    n, approvals, restorations = found.get("campaigns", (0, 0, 0))
    return Waiting(n, approvals + restorations, Tally(*found.get("appeals", (0, 0, 0))))


def _counted(what: str, rows: QuerySet[M], *some: Q) -> Any:
    """One row, or none: `what`, how many rows there are, and of how many each of `some` holds.

    Any: the types know no queryset of other values than the model's.
    """
    counts = {f"n{place}": Count("pk", filter=one) for place, one in enumerate(some)}
    named = rows.order_by().values(what=Value(what)).annotate(n=Count("pk"), **counts)
    return named.values_list("what", "n", *counts)


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
