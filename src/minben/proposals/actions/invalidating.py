"""Running a campaign, and taking it back (不予計入與回復): in batches that are whole or not at all.

A batch is one transaction: the endorsements, the count, the entry in the ledger and what follows
for the case. Whatever stops the program leaves whole batches, and the next run or the tick goes
on with what is left. Locks are taken in the order ledger, proposal, campaign.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from minben.audit.actions import record
from minben.base.each import each
from minben.kernel.actor import SYSTEM, Actor
from minben.kernel.refusal import Refusal
from minben.proposals.actions.campaigns import advance, hold_campaign, note, permit
from minben.proposals.actions.falling import follow_count
from minben.proposals.actions.folding import settle
from minben.proposals.invalidation import (
    BASIS,
    BATCH,
    WORKING,
    CampaignAct,
    CampaignState,
    second_person_fault,
)
from minben.proposals.models import Campaign, CampaignEndorsement, Endorsement, Proposal
from minben.proposals.notify_campaigns import tell_of_campaign, tell_restored, tell_taken
from minben.proposals.rules import reason_fault


def run_campaign(
    *, campaign_id: int, by: Actor, at: datetime, batches: int | None = None
) -> Campaign:
    """Begin an approved campaign, or go on with it; one that is done stays. Returns it as it is then.

    Args:
        batches: how many batches to do now; the tick does the rest. None: all.

    Raises:
        Refusal: ``not_permitted``, ``own_proposal``, ``campaign_elsewhere``.
    """
    _begin(campaign_id, by, at)
    _work(campaign_id, by, at, batches)
    return Campaign.objects.select_related("proposal__case").get(pk=campaign_id)


@transaction.atomic
def ask_restoration(*, campaign_id: int, reason: str, by: Actor, at: datetime) -> Campaign:
    """Ask that a campaign that has begun be taken back whole; another person decides."""
    campaign = hold_campaign(campaign_id)
    permit(by, campaign.proposal)
    if campaign.state not in (CampaignState.RUNNING, CampaignState.RUN):
        raise Refusal("campaign_elsewhere", basis=BASIS)
    if campaign.restore_asked_by:
        raise Refusal("restoration_asked_already", basis=BASIS)
    if code := reason_fault(reason):
        raise Refusal(code, field="reason")
    campaign.restore_asked_by, campaign.restore_asked_at = by.id, at
    campaign.restore_reason = reason.strip()
    campaign.save()
    note("restoration_asked", campaign, by, at, reason=campaign.restore_reason)
    return campaign


def restore_campaign(
    *, campaign_id: int, by: Actor, at: datetime, batches: int | None = None
) -> Campaign:
    """Take a campaign back whole, as another administrator has asked; or go on with that.

    Raises:
        Refusal: ``not_permitted``, ``own_proposal``, ``campaign_elsewhere``,
            ``restoration_not_asked``, ``second_person_needed``.
    """
    _begin_restoring(campaign_id, by, at)
    _work(campaign_id, by, at, batches)
    return Campaign.objects.select_related("proposal__case").get(pk=campaign_id)


def continue_campaigns(*, by: Actor, at: datetime) -> int:
    """Go on with what was begun and stopped in the middle; returns how many batches were done."""
    begun = list(Campaign.objects.filter(state__in=WORKING).values_list("pk", flat=True))
    return each(begun, lambda pk: _work(pk, by, at, None))


@transaction.atomic
def _begin(campaign_id: int, by: Actor, at: datetime) -> None:
    campaign = hold_campaign(campaign_id)
    permit(by, campaign.proposal)
    if campaign.state in (CampaignState.RUNNING, CampaignState.RUN):
        return  # asked twice
    advance(campaign, CampaignAct.RUN)
    campaign.begun_at = at
    campaign.save()
    note("campaign_begun", campaign, by, at, count=campaign.counted)


@transaction.atomic
def _begin_restoring(campaign_id: int, by: Actor, at: datetime) -> None:
    campaign = hold_campaign(campaign_id)
    permit(by, campaign.proposal)
    if campaign.state in (CampaignState.RESTORING, CampaignState.RESTORED):
        return  # asked twice
    if not campaign.restore_asked_by:
        raise Refusal("restoration_not_asked", basis=BASIS)
    if code := second_person_fault(campaign.restore_asked_by, by.id):
        raise Refusal(code, basis=BASIS)
    advance(campaign, CampaignAct.RESTORE)
    campaign.restored_by, campaign.restored_at = by.id, at
    campaign.save()
    note("restoration_approved", campaign, by, at, count=campaign.standing)


def _work(campaign_id: int, by: Actor, at: datetime, batches: int | None) -> int:
    done = 0
    while (batches is None or done < batches) and _batch(campaign_id, by, at):
        done += 1
    return done


@transaction.atomic
def _batch(campaign_id: int, by: Actor, at: datetime) -> bool:
    """Do the next batch of whatever the campaign is at; False when nothing is left to do."""
    settle(by=SYSTEM, at=at)
    campaign = hold_with_proposal(campaign_id)
    if campaign.state == CampaignState.RUNNING:
        return _take_batch(campaign, by, at)
    if campaign.state == CampaignState.RESTORING:
        return _restore_batch(campaign, by, at)
    return False


def hold_with_proposal(campaign_id: int) -> Campaign:
    """The campaign with its proposal, both locked, the proposal first."""
    proposal_id = Campaign.objects.values_list("proposal_id", flat=True).get(pk=campaign_id)
    proposal = (
        Proposal.objects.select_for_update(of=("self",), no_key=True)
        .select_related("case__rule_set", "proposer")
        .get(pk=proposal_id)
    )
    campaign = hold_campaign(campaign_id)
    campaign.proposal = proposal
    return campaign


def _take_batch(campaign: Campaign, by: Actor, at: datetime) -> bool:
    waiting = _entries(campaign).filter(taken_at=None, skipped_at=None)
    entries = list(waiting[:BATCH])
    if not entries:
        _finish(campaign, by, at)
        return False
    valid = [one for one in entries if one.endorsement.invalidated_at is None]
    taken = {one.pk for one in valid}
    # Another campaign holds it already, or it was looked at twice: it is not taken off again.
    _mark(waiting, [one.pk for one in entries if one.pk not in taken], skipped_at=at)
    if valid:
        _mark(waiting, list(taken), taken_at=at)
        _set_validity(valid, at)
        campaign.invalidated += len(valid)
        campaign.save(update_fields=["invalidated"])
        note("invalidated", campaign, by, at, reason=campaign.reason, **_told(valid))
        follow_count(campaign.proposal, -len(valid), campaign=campaign, by=by, at=at)
        tell_taken(campaign, valid, by=by, at=at)
    return True


def _restore_batch(campaign: Campaign, by: Actor, at: datetime) -> bool:
    held = _entries(campaign).filter(taken_at__isnull=False, restored_at=None)
    entries = list(held[:BATCH])
    if not entries:
        _finish(campaign, by, at)
        return False
    give_back(campaign, entries, by=by, at=at)
    tell_restored(campaign, entries, by=by, at=at)
    return True


def give_back(
    campaign: Campaign, entries: Sequence[CampaignEndorsement], *, by: Actor, at: datetime
) -> None:
    """Count endorsements again that the campaign holds, with everything that follows.

    The caller holds the ledger, the proposal and the campaign, and tells the people concerned.
    """
    _mark(CampaignEndorsement.objects.all(), [one.pk for one in entries], restored_at=at)
    _set_validity(entries, None)
    campaign.restored += len(entries)
    campaign.save(update_fields=["restored"])
    note("restored", campaign, by, at, reason=campaign.reason, **_told(entries))
    follow_count(campaign.proposal, len(entries), campaign=campaign, by=by, at=at)


def _entries(campaign: Campaign) -> QuerySet[CampaignEndorsement]:
    rows = CampaignEndorsement.objects.filter(campaign=campaign).order_by("pk")
    return rows.select_related("endorsement__person")


def _mark(rows: QuerySet[CampaignEndorsement], pks: Sequence[int], **when: datetime) -> None:
    if pks:
        rows.order_by().filter(pk__in=pks).update(**when)


def _set_validity(entries: Sequence[CampaignEndorsement], at: datetime | None) -> None:
    ids = [one.endorsement_id for one in entries]
    Endorsement.objects.filter(pk__in=ids).update(invalidated_at=at)


def _told(entries: Sequence[CampaignEndorsement]) -> dict[str, object]:
    """What the ledger publishes: how many, and their places in it."""
    leaves = sorted(one.endorsement.leaf_index or 0 for one in entries)
    return {"count": len(leaves), "leaves": leaves}


def _finish(campaign: Campaign, by: Actor, at: datetime) -> None:
    restored = campaign.state == CampaignState.RESTORING
    advance(campaign, CampaignAct.FINISH)
    if not restored:
        campaign.run_at = at
    campaign.save(update_fields=["state", "run_at"])
    kind = "campaign_restored" if restored else "campaign_run"
    record(
        f"proposals.{kind}",
        by=by,
        at=at,
        subject=f"campaign:{campaign.pk}",
        case_id=campaign.proposal.case_id,
        data={
            "campaign": campaign.pk,
            "reason": campaign.reason,
            "count": campaign.restored if restored else campaign.invalidated,
            "endorsed": campaign.proposal.endorsed,
        },
    )
    tell_of_campaign(kind, campaign, by=by, at=at)
