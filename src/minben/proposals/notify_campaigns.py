"""Whom a campaign of invalidation tells (附議查核之通知): the endorsers concerned and the proposer."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from minben.casework import queries as casework
from minben.kernel.actor import Actor
from minben.kernel.periods import last_day
from minben.kernel.refusal import Refusal
from minben.notify import actions as notify
from minben.people import queries as people
from minben.proposals.invalidation import APPEAL_BASIS, Turn, reason_of
from minben.proposals.models import Campaign, CampaignAppeal, CampaignEndorsement

if TYPE_CHECKING:
    from minben.people.models import User


def tell_taken(
    campaign: Campaign, entries: Sequence[CampaignEndorsement], *, by: Actor, at: datetime
) -> None:
    """Tell endorsers that theirs does not count, why, and how to appeal until when."""
    _tell("invalidated", _people(entries), campaign, by, at, appeal_until=appeal_day(campaign, at))


def tell_restored(
    campaign: Campaign, entries: Sequence[CampaignEndorsement], *, by: Actor, at: datetime
) -> None:
    """Tell endorsers that theirs counts again, because the campaign was taken back."""
    _tell("restored", _people(entries), campaign, by, at, why=campaign.restore_reason)


def tell_of_campaign(kind: str, campaign: Campaign, *, by: Actor, at: datetime) -> None:
    """Tell the proposer how many were taken off the count, or put back, in the end."""
    proposer = campaign.proposal.proposer
    more = {"taken": campaign.invalidated, "back": campaign.restored}
    if proposer is not None:
        _tell(kind, [proposer], campaign, by, at, why=campaign.restore_reason, **more)


def tell_of_falling(campaign: Campaign, turn: Turn, *, basis: str, by: Actor, at: datetime) -> None:
    """Tell the proposer and every lead agency what becomes of a case below the threshold."""
    proposal = campaign.proposal
    told: list[User] = [proposal.proposer] if proposal.proposer is not None else []
    for agency_id in casework.leads_of(proposal.case_id):
        told += people.officers_of(agency_id, at)
    _tell("fell_below", told, campaign, by, at, outcome=turn.value, rule=basis)


def tell_of_decision(
    campaign: Campaign, appeal: CampaignAppeal, *, by: Actor, at: datetime
) -> None:
    """Tell the endorser what was decided, and why."""
    kind = "campaign_appeal_upheld" if appeal.upheld else "campaign_appeal_rejected"
    _tell(kind, _people([appeal.entry]), campaign, by, at, why=appeal.reason)


def appeal_day(campaign: Campaign, taken_at: datetime) -> str:
    """Until the end of which day an appeal can be filed, as ISO date; empty if none is known."""
    rules = campaign.proposal.case.rule_set.rules
    try:
        return last_day(casework.due_of(rules.appeal, taken_at)).isoformat()
    except Refusal:  # beyond the published calendar: no day can be promised
        return ""


def _people(entries: Iterable[CampaignEndorsement]) -> list["User"]:
    return [one.endorsement.person for one in entries if one.endorsement.person is not None]


def _tell(
    kind: str,
    users: Iterable["User"],
    campaign: Campaign,
    by: Actor,
    at: datetime,
    **more: Any,  # Any: JSON values
) -> None:
    proposal, reason = campaign.proposal, reason_of(campaign.reason)
    context = {
        "proposal": proposal.pk,
        "number": proposal.case.number,
        "subject": proposal.subject,
        "endorsed": proposal.endorsed,
        "threshold": proposal.threshold,
        "due": last_day(proposal.response_due_at).isoformat() if proposal.response_due_at else "",
        "reason_zh": reason.zh if reason else campaign.reason,
        "reason_en": reason.en if reason else campaign.reason,
        "explanation_zh": campaign.explanation_zh,
        "explanation_en": campaign.explanation_en or campaign.explanation_zh,
        "basis": APPEAL_BASIS,
    }
    notify.enqueue_all(
        f"proposals.{kind}",
        fact=f"campaign:{campaign.pk}",
        readers=(notify.Reader(f"person:{one.pk}", one.email, one.language) for one in users),
        context=context | more,
        by=by,
        at=at,
    )
