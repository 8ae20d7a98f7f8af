"""Refusals of looking into endorsements: campaigns, their second person, and endorsers' appeals."""

from typing import Any

from minben.kernel.actor import Actor, Grant, Role
from minben.people.models import User
from minben.proposals import actions as proposals
from minben.proposals.conditions import Conditions
from minben.proposals.models import Campaign, CampaignAppeal, Endorsement
from tests.db.campaigned import (
    LATER,
    REASON,
    administrator,
    approved,
    asked_back,
    counted,
    endorsed_one,
    proposed,
    run,
)
from tests.db.refused import admin, answered
from tests.factories import DAY, actor, file_one

TEXT = "我是真人，請再查證一次我的附議。"


def propose(conditions: Conditions, **changes: Any) -> Campaign:
    return proposed(endorsed_one(people=1, bots=1), conditions=conditions, **changes)


@answered(409, basis=True)
def not_examinable() -> None:
    proposed(file_one())


@answered(422, basis=True)
def condition_missing() -> None:
    propose(Conditions())


@answered(422, field="nickname", basis=True)
def condition_matches_all() -> None:
    propose(Conditions(nickname="**"))


@answered(422, field="until", basis=True)
def condition_period() -> None:
    propose(Conditions(since=LATER, until=LATER))


@answered(422, field="network", basis=True)
def network_unknown() -> None:
    propose(Conditions(network="here"))


@answered(422, field="network", basis=True)
def network_too_narrow() -> None:
    propose(Conditions(network="203.0.113.7/32"))


@answered(422, field="network", basis=True)
def network_too_wide() -> None:
    propose(Conditions(network="203.0.0.0/8"))


@answered(422, field="reason_code", basis=True)
def campaign_reason_unknown() -> None:
    propose(Conditions(nickname="bot*"), reason="because")


@answered(409, basis=True)
def campaign_elsewhere() -> None:
    campaign = proposed(endorsed_one(people=1, bots=1))
    proposals.run_campaign(campaign_id=campaign.pk, by=admin(), at=LATER)


@answered(409, basis=True)
def campaign_finds_nothing() -> None:
    counted(endorsed_one(people=1, bots=0))


@answered(403, basis=True)
def second_person_needed() -> None:
    by = admin()
    campaign = counted(endorsed_one(people=1, bots=1), by=by)
    proposals.approve_campaign(campaign_id=campaign.pk, by=by, at=LATER)


@answered(409, basis=True)
def restoration_asked_already() -> None:
    asked_back(asked_back(run(endorsed_one(people=1, bots=1))))


@answered(409, basis=True)
def restoration_not_asked() -> None:
    campaign = run(endorsed_one(people=1, bots=1))
    proposals.restore_campaign(campaign_id=campaign.pk, by=admin(), at=LATER)


@answered(409, basis=True)
def not_invalidated() -> None:
    proposal = endorsed_one(people=1, bots=0)
    row = Endorsement.objects.get(proposal=proposal)
    by = actor(User.objects.get(pk=row.person_id))
    proposals.appeal_invalidation(proposal_id=proposal.pk, text=TEXT, by=by, at=LATER)


def filed(campaign: Campaign) -> CampaignAppeal:
    """The appeal of somebody whose endorsement the campaign took off."""
    row = Endorsement.objects.filter(campaign_entries__campaign=campaign).earliest("pk")
    by = actor(User.objects.get(pk=row.person_id))
    return proposals.appeal_invalidation(
        proposal_id=campaign.proposal_id, text=TEXT, by=by, at=LATER + DAY
    )


def decide(appeal: CampaignAppeal, by: Actor) -> None:
    proposals.decide_campaign_appeal(
        appeal_id=appeal.pk, upheld=True, reason=REASON, by=by, at=LATER + 2 * DAY
    )


@answered(403, basis=True)
def campaign_appeal_same_person() -> None:
    proposal, by = endorsed_one(people=1, bots=1), administrator()
    campaign = counted(proposal)
    proposals.approve_campaign(campaign_id=campaign.pk, by=by, at=LATER)
    proposals.run_campaign(campaign_id=campaign.pk, by=admin(), at=LATER)
    decide(filed(campaign), by)


@answered(403, basis=True)
def own_endorsement() -> None:
    campaign = approved(endorsed_one(people=1, bots=1))
    proposals.run_campaign(campaign_id=campaign.pk, by=admin(), at=LATER)
    appeal = filed(campaign)
    user = User.objects.get(pk=int(appeal.filed_by.removeprefix("person:")))
    decide(appeal, actor(user, Grant(Role.CHECKER)))
