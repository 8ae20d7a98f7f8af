"""An endorser's appeal against invalidation (附議申覆), decided by an uninvolved person."""

from datetime import datetime

from django.db import transaction

from minben.casework import queries as casework
from minben.casework.permissions import require
from minben.kernel.actor import Actor, Role
from minben.kernel.periods import last_day
from minben.kernel.refusal import Refusal
from minben.proposals.actions.appeals import TEXT_MAX, TEXT_MIN
from minben.proposals.actions.campaigns import hold_campaign, note
from minben.proposals.actions.folding import settle
from minben.proposals.actions.invalidating import give_back, hold_with_proposal
from minben.proposals.invalidation import APPEAL_BASIS, judge_fault
from minben.proposals.models import CampaignAppeal, CampaignEndorsement
from minben.proposals.notify_campaigns import tell_of_decision
from minben.proposals.rules import length_fault, reason_fault

__all__ = ["TEXT_MAX", "appeal_invalidation", "decide_campaign_appeal"]


@transaction.atomic
def appeal_invalidation(*, proposal_id: int, text: str, by: Actor, at: datetime) -> CampaignAppeal:
    """Appeal against the invalidation of one's own endorsement of that proposal, once.

    Raises:
        Refusal: ``not_invalidated``, ``appealed_already``, ``appeal_too_late``, ``field_empty``,
            ``field_too_short``, ``field_too_long``, ``beyond_calendar``.
    """
    entry = (
        CampaignEndorsement.objects.filter(
            endorsement__proposal_id=proposal_id,
            endorsement__person_id=by.person_id or 0,
            taken_at__isnull=False,
            restored_at=None,
        )
        .order_by("pk")
        .first()
    )
    if entry is None:
        raise Refusal("not_invalidated", basis=APPEAL_BASIS)
    campaign = hold_campaign(entry.campaign_id)
    if CampaignAppeal.objects.filter(entry=entry).exists():
        raise Refusal("appealed_already", basis=APPEAL_BASIS)
    rules = campaign.proposal.case.rule_set.rules
    until = casework.due_of(rules.appeal, entry.taken_at or at)
    if at >= until:
        raise Refusal("appeal_too_late", basis=APPEAL_BASIS, until=last_day(until).isoformat())
    if fault := length_fault(text, TEXT_MIN, TEXT_MAX):
        raise Refusal(fault[0], field="text", limit=fault[1])
    filed = CampaignAppeal.objects.create(
        entry=entry,
        text=text.strip(),
        filed_by=by.id,
        filed_at=at,
        due_at=casework.due_of(rules.appeal_decision, at),
        campaign_proposer=campaign.proposed_by,
        campaign_approver=campaign.approved_by,
    )
    note("campaign_appealed", campaign, by, at)
    return filed


@transaction.atomic
def decide_campaign_appeal(
    *, appeal_id: int, upheld: bool, reason: str, by: Actor, at: datetime
) -> CampaignAppeal:
    """Decide an endorser's appeal. Upheld: that one endorsement counts again at once.

    Raises:
        Refusal: ``not_permitted``, ``decided_already``, ``campaign_appeal_same_person``,
            ``own_endorsement``, ``reason_too_short``, ``reason_too_long``.
    """
    require(by, Role.CHECKER, Role.ADMINISTRATOR)
    if upheld:
        settle(by=by, at=at)
    campaign_id = CampaignAppeal.objects.values_list("entry__campaign_id", flat=True).get(
        pk=appeal_id
    )
    campaign = hold_with_proposal(campaign_id)
    filed = CampaignAppeal.objects.select_related("entry__endorsement__person").get(pk=appeal_id)
    if filed.decided_at is not None or filed.entry.restored_at is not None:
        raise Refusal("decided_already", basis=APPEAL_BASIS)
    if code := judge_fault(
        by.id,
        endorser=filed.filed_by,
        proposed_by=filed.campaign_proposer,
        approved_by=filed.campaign_approver,
    ):
        raise Refusal(code, basis=APPEAL_BASIS)
    if code := reason_fault(reason):
        raise Refusal(code, field="reason")
    filed.upheld, filed.reason = upheld, reason.strip()
    filed.decided_by, filed.decided_at = by.id, at
    filed.save()
    note("campaign_appeal_decided", campaign, by, at, upheld=upheld, reason=filed.reason)
    if upheld:
        give_back(campaign, [filed.entry], by=by, at=at)
    tell_of_decision(campaign, filed, by=by, at=at)
    return filed
