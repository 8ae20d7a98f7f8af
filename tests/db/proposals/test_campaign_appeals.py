"""An endorser's appeal: once, in time, decided by somebody uninvolved; upheld it counts again."""

import json
from typing import Any

import pytest
from django.core import mail

from minben.kernel.actor import SYSTEM, Actor, Role
from minben.ledger.entries import read
from minben.ledger.models import Leaf
from minben.notify import actions as notify
from minben.people.models import User
from minben.proposals import actions as proposals
from minben.proposals.models import Campaign, CampaignAppeal, Endorsement, Proposal
from minben.proposals.queries.personal import held_about
from tests.db.campaigned import LATER, REASON, endorsed_one, restored, run, under_rule
from tests.factories import DAY, actor, count, make_staff

pytestmark = pytest.mark.django_db
TEXT = "我是真人，暱稱只是巧合，請再查證一次。"


def struck() -> tuple[Proposal, Campaign, Actor]:
    """A proposal after a campaign, and one of those whose endorsement does not count."""
    proposal = endorsed_one()
    campaign = run(proposal)
    return proposal, campaign, endorser(proposal)


def endorser(proposal: Proposal) -> Actor:
    row = Endorsement.objects.filter(proposal=proposal, invalidated_at__isnull=False).earliest("pk")
    return actor(User.objects.get(pk=row.person_id))


def appealed(proposal: Proposal, by: Actor) -> CampaignAppeal:
    return proposals.appeal_invalidation(proposal_id=proposal.pk, text=TEXT, by=by, at=LATER + DAY)


def decided(appeal: CampaignAppeal, **more: Any) -> CampaignAppeal:
    given = {"upheld": True, "reason": REASON, "by": make_staff(Role.CHECKER)} | more
    return proposals.decide_campaign_appeal(appeal_id=appeal.pk, at=LATER + 2 * DAY, **given)


def test_upheld_that_one_counts_again() -> None:
    proposal, campaign, by = struck()
    appeal = decided(appealed(proposal, by))
    proposal.refresh_from_db()
    campaign.refresh_from_db()
    assert (proposal.endorsed, campaign.restored, campaign.standing) == (7, 1, 3)
    mine = Endorsement.objects.get(proposal=proposal, person_id=by.person_id)
    assert mine.invalidated_at is None
    count(LATER + 3 * DAY)
    [leaf] = Leaf.objects.filter(kind="proposals.restored")
    assert read(bytes(leaf.entry))["data"]["leaves"] == [mine.leaf_index]
    assert appeal.due_at > appeal.filed_at


def test_rejected_nothing_changes_but_the_reason_is_told() -> None:
    proposal, campaign, by = struck()
    decided(appealed(proposal, by), upheld=False)
    proposal.refresh_from_db()
    campaign.refresh_from_db()
    assert (proposal.endorsed, campaign.restored) == (6, 0)


@pytest.mark.parametrize("upheld", [True, False])
def test_every_letter_can_be_read(upheld: bool) -> None:
    proposal, campaign, by = struck()
    decided(appealed(proposal, by), upheld=upheld)
    restored(campaign, at=LATER + 3 * DAY)
    while notify.send_due(by=SYSTEM, at=LATER + 4 * DAY):
        pass
    texts = [f"{letter.subject}\n{letter.body}" for letter in mail.outbox]
    mine = [
        text
        for text, letter in zip(texts, mail.outbox, strict=True)
        if letter.to == [User.objects.get(pk=by.person_id).email]
    ]
    said = "\n".join(mine)
    assert f"/proposals/{proposal.case.number}/invalidated/appeal/" in said
    assert "以程式自動產生之附議" in said
    assert ("您的申覆成立：" in said) is upheld
    assert ("您的申覆不成立：" in said) is not upheld
    # Who was restored on appeal has nothing to be told by the restoring of the rest.
    assert sum("恢復計入" in text.splitlines()[0] for text in mine) == (0 if upheld else 1)


def test_upheld_it_can_make_the_case_reach() -> None:
    proposal = endorsed_one(threshold=7)
    under_rule(proposal, "reopens")
    run(proposal)
    assert proposal.state == "endorsing"
    decided(appealed(proposal, endorser(proposal)))
    proposal.refresh_from_db()
    assert (proposal.state, proposal.reached_at) == ("reached", LATER + 2 * DAY)


def test_restoring_the_whole_campaign_leaves_what_was_upheld_alone() -> None:
    proposal, campaign, by = struck()
    decided(appealed(proposal, by))
    campaign = restored(campaign, at=LATER + 3 * DAY)
    proposal.refresh_from_db()
    assert (proposal.endorsed, campaign.restored) == (10, 4)


def test_what_is_held_about_a_person_tells_it() -> None:
    proposal, _, by = struck()
    appealed(proposal, by)
    held = held_about(by.person_id or 0)
    text = json.dumps(held, default=str, ensure_ascii=False)
    assert TEXT in text
    assert "invalidated_at" in text
