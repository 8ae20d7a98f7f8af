"""Proposals with many endorsements, and campaigns at every step of theirs."""

from datetime import datetime, timedelta
from typing import Any

from minben.casework.models import RuleSet
from minben.kernel.actor import Actor, Role
from minben.proposals import actions as proposals
from minben.proposals.conditions import Conditions
from minben.proposals.models import Campaign, Endorsement, Proposal
from tests.db.crowd import crowd
from tests.factories import DAY, DAY0, accept_one, count, file_one, make_agency, make_staff

OPEN = DAY0 + 2 * DAY
LATER = OPEN + 3 * DAY
WHY = "這些附議在同一分鐘內以程式送出，暱稱依序編號。"
REASON = "查證後認為確有其事。"
BOTS = Conditions(nickname="bot*")
MINUTE = timedelta(minutes=1)


def administrator() -> Actor:
    return make_staff(Role.ADMINISTRATOR)


def endorsed_one(people: int = 6, bots: int = 4, threshold: int = 100) -> Proposal:
    """Open for endorsing, endorsed by people and by what calls itself bot0, bot1 …"""
    proposal = accept_one(file_one(agencies=(make_agency(),)))
    Proposal.objects.filter(pk=proposal.pk).update(threshold=threshold)
    for n, by in enumerate(crowd(people + bots)):
        proposals.endorse(proposal_id=proposal.pk, by=by, at=OPEN + n * MINUTE)
    count(OPEN + DAY)
    rows = Endorsement.objects.filter(proposal=proposal).order_by("-number")[:bots]
    for n, row in enumerate(reversed(rows)):
        row.nickname, row.county = f"ｂｏｔ{n}", "高雄市"
        row.save(update_fields=["nickname", "county"])
    proposal.refresh_from_db()
    return proposal


def proposed(
    proposal: Proposal, by: Actor | None = None, conditions: Conditions = BOTS, **changes: Any
) -> Campaign:
    words = {"reason": "automated", "explanation_zh": WHY} | changes
    return proposals.propose_campaign(
        proposal_id=proposal.pk,
        conditions=conditions,
        **words,
        by=by or administrator(),
        at=LATER,
    )


def counted(proposal: Proposal, **more: Any) -> Campaign:
    campaign = proposed(proposal, **more)
    return proposals.count_campaign(campaign_id=campaign.pk, by=administrator(), at=LATER)


def approved(proposal: Proposal, **more: Any) -> Campaign:
    campaign = counted(proposal, **more)
    return proposals.approve_campaign(campaign_id=campaign.pk, by=administrator(), at=LATER)


def run(proposal: Proposal, at: datetime = LATER, **more: Any) -> Campaign:
    campaign = approved(proposal, **more)
    found = proposals.run_campaign(campaign_id=campaign.pk, by=administrator(), at=at)
    proposal.refresh_from_db()
    return found


def asked_back(campaign: Campaign, by: Actor | None = None) -> Campaign:
    return proposals.ask_restoration(
        campaign_id=campaign.pk, reason=REASON, by=by or administrator(), at=LATER + DAY
    )


def restored(campaign: Campaign, at: datetime = LATER + DAY) -> Campaign:
    asked_back(campaign)
    return proposals.restore_campaign(campaign_id=campaign.pk, by=administrator(), at=at)


def under_rule(proposal: Proposal, outcome: str) -> None:
    """Pin the case to rules that say what becomes of it below the threshold."""
    rule_set = RuleSet.objects.get(pk=proposal.case.rule_set_id)
    rule_set.pk, rule_set.code = None, f"test-{outcome}"
    rule_set.in_force_from = rule_set.in_force_from.replace(year=2010)
    rule_set.in_force_until = rule_set.in_force_from.replace(year=2011)
    told = {"outcome": outcome, "basis": "測試規則"}
    rule_set.parameters = {**rule_set.parameters, "below_threshold": told}
    rule_set.save(force_insert=True)
    type(proposal.case).objects.filter(pk=proposal.case_id).update(rule_set=rule_set)
