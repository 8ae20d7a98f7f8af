"""Endorsements that do not count, for machines (不予計入之公開統計)."""

from datetime import datetime
from typing import Any

from ninja import Field, Router, Schema
from ninja.params.functions import Query

from minben.base.access import Request
from minben.base.api import PAGE_MAX, Name, PageInfo, Problem, page_info
from minben.proposals.api.one import NUMBER, public_facts
from minben.proposals.invalidation import BASIS
from minben.proposals.queries.invalidated import (
    CampaignLine,
    Totals,
    campaign_page,
    campaigns_of,
    reason_counts,
    totals,
)

router = Router(tags=["others"])
PAGE = Query(1, ge=1, le=PAGE_MAX, description="number of the page, from 1")
ANSWERS = {404: Problem, 422: Problem}


class EndorserAppeals(Schema):
    """How many endorsers appealed, and how that ended; the rest waits, or was given back whole."""

    filed: int
    upheld: int
    rejected: int


class CampaignTotals(Schema):
    """Sums over campaigns; `standing` is how many endorsements do not count now."""

    campaigns: int
    invalidated: int
    restored: int
    standing: int
    appeals: EndorserAppeals


class InvalidationCampaign(Schema):
    """One decision to take endorsements off the count. Two administrators made it."""

    id: int
    number: str = Field(description="case number of the proposal")
    reason_code: str
    reason: Name
    explanation: Name
    looked_at: list[str] = Field(description="kinds of condition; what they were is not published")
    counted: int = Field(description="how many the dry run had found")
    invalidated: int
    restored: int
    standing: int
    working: bool = Field(description="batches are still to be done")
    proposed_at: datetime
    approved_at: datetime
    begun_at: datetime
    ran_at: datetime | None
    restored_at: datetime | None
    restore_reason: str
    appeals: EndorserAppeals


class ReasonSum(Schema):
    """What was taken off counts on one ground."""

    code: str
    reason: Name
    campaigns: int
    invalidated: int
    restored: int


class Invalidations(PageInfo):
    """One page of all campaigns, newest first, with sums over all of them."""

    basis: str
    totals: CampaignTotals
    by_reason: list[ReasonSum]
    items: list[InvalidationCampaign]


class ProposalInvalidations(Schema):
    """What does not count of one proposal. `rule` says what happens below the threshold."""

    number: str
    endorsed: int = Field(description="endorsements that count")
    threshold: int
    rule: str = Field(description="stands, or reopens")
    rule_basis: str
    basis: str
    totals: CampaignTotals
    items: list[InvalidationCampaign]


@router.get(
    "/invalidations",
    response={200: Invalidations, **ANSWERS},
    summary="Endorsements that do not count",
)
def invalidations(
    request: Request,
    reason: str = Query("", max_length=24, description="code of a ground, see by_reason"),
    page: int = PAGE,
) -> dict[str, Any]:
    """The public register of campaigns that took endorsements off counts."""
    found = campaign_page(str(page), reason)
    return page_info(request, found, page) | {
        "basis": BASIS,
        "totals": _totals(totals()),
        "by_reason": list(reason_counts()),
        "items": [_campaign(line) for line in found.object_list],
    }


@router.get(
    "/proposals/{number}/invalidated",
    response={200: ProposalInvalidations, **ANSWERS},
    summary="Endorsements of a proposal that do not count",
)
def invalidated(request: Request, number: str = NUMBER) -> dict[str, Any]:
    """Every campaign on one proposal: how many, on what ground, and what became of it."""
    found = public_facts(number, request.at)
    rule = found.rule_set.rules.below_threshold
    return {
        "number": found.number,
        "endorsed": found.endorsed,
        "threshold": found.threshold,
        "rule": rule.outcome,
        "rule_basis": rule.basis,
        "basis": BASIS,
        "totals": _totals(totals(found.pk)),
        "items": [_campaign(line) for line in campaigns_of(found.pk)],
    }


def _totals(sums: Totals) -> dict[str, Any]:
    told = {name: getattr(sums, name) for name in sums.__slots__}
    return told | {"standing": sums.standing}


def _campaign(line: CampaignLine) -> dict[str, Any]:
    told = {name: getattr(line, name) for name in line.__slots__}
    return told | {
        "id": line.pk,
        "reason_code": line.code,
        "looked_at": line.asked,
        "standing": line.standing,
    }
