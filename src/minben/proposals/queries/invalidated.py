"""What the public reads about campaigns of invalidation (不予計入之公開統計), and one's own part.

Told are ground, explanation, numbers and the roles that acted; of the conditions only what kind
they were, because patterns and networks would teach whoever made the endorsements, and might
point at people. Campaigns that have not begun are nobody's business yet.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page
from django.db.models import Count, Q, QuerySet, Sum

from minben.casework import queries as casework
from minben.kernel.refusal import Refusal
from minben.proposals.invalidation import EFFECTIVE, REASONS, WORKING, reason_of
from minben.proposals.models import Campaign, CampaignAppeal, CampaignEndorsement
from minben.proposals.queries.pages import paged
from minben.proposals.words import Bilingual

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Appeals:
    """How many endorsers appealed, and how that ended; those given back whole need no decision."""

    filed: int = 0
    upheld: int = 0
    rejected: int = 0


@dataclass(frozen=True, slots=True)
class CampaignLine:
    """One campaign that has begun.

    Args:
        asked: kinds of condition, as `minben.proposals.conditions.Conditions` names them.
        invalidated, restored: how many endorsements, until now.
        working: batches are still to be done.
        ran_at: when the last batch was done, or None while it runs.
    """

    pk: int
    number: str
    subject: str
    code: str
    reason: Bilingual
    explanation: Bilingual
    asked: tuple[str, ...]
    counted: int
    invalidated: int
    restored: int
    working: bool
    proposed_at: datetime
    approved_at: datetime
    begun_at: datetime
    ran_at: datetime | None
    restored_at: datetime | None
    restore_reason: str
    appeals: Appeals

    @property
    def standing(self) -> int:
        """How many it keeps from being counted now."""
        return self.invalidated - self.restored


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """How many endorsements do not count on a ground, and by how many campaigns."""

    code: str
    reason: Bilingual
    campaigns: int
    invalidated: int
    restored: int


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over campaigns."""

    campaigns: int
    invalidated: int
    restored: int
    appeals: Appeals

    @property
    def standing(self) -> int:
        """How many endorsements do not count now."""
        return self.invalidated - self.restored


@dataclass(frozen=True, slots=True)
class MyInvalidation:
    """The reader's own endorsement, taken off the count, and what can be done about it.

    Args:
        until: when the time to appeal ends, exclusive; None where no day is known.
        appeal: the reader's appeal, if filed.
    """

    at: datetime
    reason: Bilingual
    explanation: Bilingual
    until: datetime | None
    appeal: CampaignAppeal | None


def public_campaigns(proposal_id: int | None = None) -> QuerySet[Campaign]:
    """Campaigns that have begun, newest first: of one proposal, or all."""
    rows = Campaign.objects.filter(state__in=EFFECTIVE).select_related("proposal__case")
    if proposal_id is not None:
        rows = rows.filter(proposal_id=proposal_id)
    return rows.order_by("-begun_at", "-pk")


def campaigns_of(proposal_id: int) -> tuple[CampaignLine, ...]:
    """All campaigns of one proposal, newest first. Two queries."""
    rows = list(public_campaigns(proposal_id))
    appeals = _appeals([row.pk for row in rows])
    return tuple(_line(row, appeals.get(row.pk, Appeals())) for row in rows)


def campaign_page(
    number: str | None, reason: str = ""
) -> "Page[Any]":  # Any: CampaignLine; the stubs tie a page to its rows
    """One page of the register of campaigns, newest first. Three queries."""
    rows = public_campaigns()
    if reason:
        rows = rows.filter(reason=reason)
    page = paged(rows, number, PER_PAGE, lambda row: row)
    appeals = _appeals([row.pk for row in page.object_list])
    page.object_list = [_line(row, appeals.get(row.pk, Appeals())) for row in page.object_list]
    return page


def reason_counts() -> tuple[ReasonCount, ...]:
    """How much stands on which ground, in the order of the catalogue. One query."""
    rows = (
        Campaign.objects.filter(state__in=EFFECTIVE)
        .order_by()
        .values_list("reason")
        .annotate(n=Count("pk"), taken=Sum("invalidated"), back=Sum("restored"))
    )
    found = {code: (n, taken or 0, back or 0) for code, n, taken, back in rows}
    return tuple(
        ReasonCount(one.code, Bilingual(one.zh, one.en), *found[one.code])
        for one in REASONS
        if one.code in found
    )


def totals(proposal_id: int | None = None) -> Totals:
    """Sums over the campaigns of one proposal, or of all. Two queries."""
    sums = public_campaigns(proposal_id).aggregate(
        n=Count("pk"), taken=Sum("invalidated"), back=Sum("restored")
    )
    rows = CampaignAppeal.objects.all()
    if proposal_id is not None:
        rows = rows.filter(entry__campaign__proposal_id=proposal_id)
    decided = Counter(rows.values_list("upheld", flat=True))
    appeals = Appeals(decided.total(), decided[True], decided[False])
    return Totals(sums["n"], sums["taken"] or 0, sums["back"] or 0, appeals)


def my_invalidation(proposal_id: int, person_id: int | None) -> MyInvalidation | None:
    """What holds the reader's endorsement off the count, if anything does. One or two queries."""
    entry = (
        CampaignEndorsement.objects.filter(
            endorsement__proposal_id=proposal_id,
            endorsement__person_id=person_id or 0,
            taken_at__isnull=False,
            restored_at=None,
        )
        .select_related("campaign__proposal__case__rule_set", "appeal")
        .first()
    )
    if entry is None or entry.taken_at is None:
        return None
    campaign = entry.campaign
    try:
        rules = campaign.proposal.case.rule_set.rules
        until = casework.due_of(rules.appeal, entry.taken_at)
    except Refusal:  # beyond the published calendar: no day can be promised
        until = None
    return MyInvalidation(
        entry.taken_at,
        _reason(campaign.reason),
        _explanation(campaign),
        until,
        getattr(entry, "appeal", None),
    )


def _appeals(campaign_ids: Collection[int]) -> dict[int, Appeals]:
    rows = (
        CampaignAppeal.objects.filter(entry__campaign__in=campaign_ids)
        .order_by()
        .values_list("entry__campaign")
        .annotate(
            n=Count("pk"),
            yes=Count("pk", filter=Q(upheld=True)),
            no=Count("pk", filter=Q(upheld=False)),
        )
    )
    return {pk: Appeals(n, yes, no) for pk, n, yes, no in rows}


def _reason(code: str) -> Bilingual:
    found = reason_of(code)
    return Bilingual(found.zh, found.en) if found else Bilingual(code)


def _explanation(row: Campaign) -> Bilingual:
    return Bilingual(row.explanation_zh, row.explanation_en)


def _line(row: Campaign, appeals: Appeals) -> CampaignLine:
    assert row.approved_at is not None  # noqa: S101  what the database holds of one that has begun
    assert row.begun_at is not None  # noqa: S101  as above
    return CampaignLine(
        pk=row.pk,
        number=row.proposal.case.number,
        subject=row.proposal.subject,
        code=row.reason,
        reason=_reason(row.reason),
        explanation=_explanation(row),
        asked=tuple(row.conditions),
        counted=row.counted or 0,
        invalidated=row.invalidated,
        restored=row.restored,
        working=row.state in WORKING,
        proposed_at=row.proposed_at,
        approved_at=row.approved_at,
        begun_at=row.begun_at,
        ran_at=row.run_at,
        restored_at=row.restored_at,
        restore_reason=row.restore_reason,
        appeals=appeals,
    )
