"""Proposing, counting and approving a campaign of invalidation (附議查核之提出、試算與核可)."""

from datetime import datetime

from django.db import transaction

from minben.audit.actions import record
from minben.base.bulk import insert_rows
from minben.casework.permissions import require
from minben.kernel.actor import Actor, Role
from minben.kernel.machine import ForbiddenAct
from minben.kernel.refusal import Refusal
from minben.ledger import actions as ledger
from minben.proposals.conditions import PATTERN_MAX, Conditions, conditions_fault
from minben.proposals.invalidation import (
    BASIS,
    CAMPAIGN,
    TARGET_STATES,
    CampaignAct,
    CampaignState,
    reason_of,
    second_person_fault,
)
from minben.proposals.models import Campaign, CampaignEndorsement, Proposal
from minben.proposals.queries.dry_run import dry_run
from minben.proposals.rules import State, length_fault, reason_fault

EXPLANATION_MIN, EXPLANATION_MAX, EXPLANATION_EN_MAX = 10, 1000, 2000


@transaction.atomic
def propose_campaign(
    *,
    proposal_id: int,
    conditions: Conditions,
    reason: str,
    explanation_zh: str,
    explanation_en: str = "",
    by: Actor,
    at: datetime,
) -> Campaign:
    """Propose not to count some endorsements, with a ground and a text everybody will read.

    Raises:
        Refusal: ``not_permitted``, ``own_proposal``, ``not_examinable``, ``condition_missing``,
            ``condition_matches_all``, ``condition_period``, ``network_unknown``,
            ``network_too_narrow``, ``network_too_wide``, ``field_too_long``,
            ``campaign_reason_unknown``, ``field_empty``, ``field_too_short``.
    """
    proposal = Proposal.objects.select_related("case").get(pk=proposal_id)
    permit(by, proposal)
    if proposal.archive_id is not None or State(proposal.state) not in TARGET_STATES:
        raise Refusal("not_examinable", basis=BASIS)
    code, field = conditions_fault(conditions)
    if code:
        raise Refusal(code, basis=BASIS, field=field, limit=PATTERN_MAX)
    if reason_of(reason) is None:
        raise Refusal("campaign_reason_unknown", basis=BASIS, field="reason_code")
    _refuse_unexplained(explanation_zh, explanation_en)
    campaign = Campaign.objects.create(
        proposal=proposal,
        conditions=conditions.as_json(),
        reason=reason,
        explanation_zh=explanation_zh.strip(),
        explanation_en=explanation_en.strip(),
        state=CampaignState.DRAFT,
        proposed_by=by.id,
        proposed_at=at,
    )
    note("campaign_proposed", campaign, by, at, reason=reason, asks=list(conditions.given))
    return campaign


def count_campaign(*, campaign_id: int, by: Actor, at: datetime) -> Campaign:
    """Count what the campaign covers, and freeze it: conditions and endorsements stay as found.

    Raises:
        Refusal: ``not_permitted``, ``own_proposal``, ``campaign_elsewhere``,
            ``campaign_finds_nothing``.
    """
    ledger.sequence_all(by=by, at=at)  # what was endorsed until now is counted first
    with transaction.atomic():
        campaign = hold_campaign(campaign_id)
        permit(by, campaign.proposal)
        advance(campaign, CampaignAct.COUNT)
        found = dry_run(campaign.proposal, Conditions.from_json(campaign.conditions))
        if not found.n:
            raise Refusal("campaign_finds_nothing", basis=BASIS)
        insert_rows(
            CampaignEndorsement,
            ("campaign", "endorsement"),
            ((campaign.pk, endorsement_id) for endorsement_id in found.ids),
        )
        campaign.counted, campaign.counted_at = found.n, at
        campaign.per_day, campaign.per_county = found.per_day, found.per_county
        campaign.networks, campaign.sample = found.networks, found.sample
        campaign.save()
        note("campaign_counted", campaign, by, at, count=found.n)
    return campaign


@transaction.atomic
def approve_campaign(*, campaign_id: int, by: Actor, at: datetime) -> Campaign:
    """Approve what was counted: an administrator other than who proposed it.

    Raises:
        Refusal: ``not_permitted``, ``own_proposal``, ``campaign_elsewhere``,
            ``second_person_needed``.
    """
    campaign = hold_campaign(campaign_id)
    permit(by, campaign.proposal)
    if code := second_person_fault(campaign.proposed_by, by.id):
        raise Refusal(code, basis=BASIS)
    advance(campaign, CampaignAct.APPROVE)
    campaign.approved_by, campaign.approved_at = by.id, at
    campaign.save()
    note("campaign_approved", campaign, by, at, count=campaign.counted)
    return campaign


@transaction.atomic
def reject_campaign(*, campaign_id: int, reason: str, by: Actor, at: datetime) -> Campaign:
    """Drop a campaign before it has begun, with a reason; who proposed it may do so, too."""
    campaign = hold_campaign(campaign_id)
    permit(by, campaign.proposal)
    advance(campaign, CampaignAct.REJECT)
    if code := reason_fault(reason):
        raise Refusal(code, field="reason")
    campaign.rejected_by, campaign.rejected_at = by.id, at
    campaign.reject_reason = reason.strip()
    campaign.save()
    note("campaign_rejected", campaign, by, at, reason=campaign.reject_reason)
    return campaign


def permit(by: Actor, proposal: Proposal) -> None:
    """Administrators, in person, and not in a matter of their own."""
    require(by, Role.ADMINISTRATOR)
    if by.person_id is None:
        raise Refusal("not_permitted")
    if by.person_id == proposal.proposer_id:
        raise Refusal("own_proposal", basis=BASIS)


def hold_campaign(campaign_id: int) -> Campaign:
    """The campaign, locked until the transaction ends. A proposal's row is locked before it."""
    return (
        Campaign.objects.select_for_update(of=("self",), no_key=True)
        .select_related("proposal__case__rule_set")
        .get(pk=campaign_id)
    )


def advance(campaign: Campaign, act: CampaignAct) -> None:
    """Set the next state; the caller saves it. Refuses what its state does not allow."""
    try:
        campaign.state = CAMPAIGN.next(CampaignState(campaign.state), act)
    except ForbiddenAct as error:
        raise Refusal("campaign_elsewhere", basis=BASIS) from error


def note(kind: str, campaign: Campaign, by: Actor, at: datetime, **data: object) -> None:
    """Record an act on a campaign in the case it belongs to."""
    record(
        f"proposals.{kind}",
        by=by,
        at=at,
        subject=f"campaign:{campaign.pk}",
        case_id=campaign.proposal.case_id,
        data={"campaign": campaign.pk} | data,
    )


def _refuse_unexplained(zh: str, en: str) -> None:
    if fault := length_fault(zh, EXPLANATION_MIN, EXPLANATION_MAX):
        raise Refusal(fault[0], field="explanation_zh", limit=fault[1])
    if len(en.strip()) > EXPLANATION_EN_MAX:
        raise Refusal("field_too_long", field="explanation_en", limit=EXPLANATION_EN_MAX)
