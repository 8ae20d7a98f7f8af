"""A campaign from proposing to running and back: exact, recorded, told, and by two people."""

from collections import Counter
from typing import Any

import pytest

from minben.audit.models import Event
from minben.audit.queries import public_history
from minben.kernel.actor import SYSTEM
from minben.ledger.entries import read
from minben.ledger.models import Leaf
from minben.notify.models import Notice
from minben.proposals import actions as proposals
from minben.proposals.actions import invalidating
from minben.proposals.conditions import Conditions
from minben.proposals.models import Campaign, CampaignEndorsement, CurvePoint, Endorsement, Proposal
from tests.db.campaigned import (
    LATER,
    MINUTE,
    OPEN,
    WHY,
    administrator,
    approved,
    asked_back,
    counted,
    endorsed_one,
    proposed,
    restored,
    run,
)
from tests.db.crowd import crowd
from tests.factories import DAY, count

pytestmark = pytest.mark.django_db


def valid(proposal: Proposal) -> int:
    return Endorsement.objects.filter(proposal=proposal, invalidated_at=None).count()


def entries(kind: str) -> list[dict[str, Any]]:
    count(LATER + 9 * DAY)
    return [read(bytes(leaf.entry)) for leaf in Leaf.objects.filter(kind=f"proposals.{kind}")]


def events(kind: str) -> list[Event]:
    return list(Event.objects.filter(kind=f"proposals.{kind}").order_by("pk"))


class TestCounting:
    def test_the_dry_run_counts_and_changes_nothing(self) -> None:
        proposal = endorsed_one()
        campaign = counted(proposal)
        assert (campaign.state, campaign.counted) == ("counted", 4)
        assert campaign.per_county == {"高雄市": 4}
        assert campaign.per_day == {"2026-03-04": 4}
        assert len(campaign.sample) == 4
        proposal.refresh_from_db()
        assert (proposal.endorsed, proposal.numbered, valid(proposal)) == (10, 10, 10)
        assert not Notice.objects.filter(kind="proposals.invalidated").exists()

    def test_what_is_not_entered_yet_is_counted_first(self) -> None:
        proposal = endorsed_one(bots=0)
        [by] = crowd(1)
        proposals.endorse(proposal_id=proposal.pk, by=by, at=LATER - MINUTE)
        campaign = counted(proposal, conditions=Conditions(since=LATER - 2 * MINUTE))
        assert campaign.counted == 1

    def test_what_was_counted_is_frozen(self) -> None:
        proposal = endorsed_one()
        campaign = approved(proposal)
        [late] = crowd(1)
        late_id = proposals.endorse(proposal_id=proposal.pk, by=late, at=LATER).pk
        count(LATER)
        Endorsement.objects.filter(pk=late_id).update(nickname="bot99")
        proposals.run_campaign(campaign_id=campaign.pk, by=administrator(), at=LATER)
        proposal.refresh_from_db()
        assert (proposal.endorsed, proposal.numbered) == (7, 11)
        assert Endorsement.objects.get(pk=late_id).invalidated_at is None

    def test_the_sample_is_ten_evenly_spread(self) -> None:
        proposal = endorsed_one(people=37, bots=0)
        campaign = counted(proposal, conditions=Conditions(since=OPEN))
        numbers = Endorsement.objects.filter(pk__in=campaign.sample).values_list("number")
        assert sorted(n for (n,) in numbers) == [1, 4, 8, 12, 15, 19, 23, 26, 30, 34]


class TestRunning:
    def test_everything_follows_at_once(self) -> None:
        proposal = endorsed_one()
        campaign = run(proposal)
        assert (campaign.state, campaign.invalidated, campaign.run_at) == ("run", 4, LATER)
        assert (proposal.endorsed, proposal.numbered, valid(proposal)) == (6, 10, 6)
        gone = Endorsement.objects.filter(proposal=proposal, invalidated_at=LATER)
        assert sorted(gone.values_list("number", flat=True)) == [7, 8, 9, 10]
        [entry] = entries("invalidated")
        leaves = sorted(gone.values_list("leaf_index", flat=True))
        assert entry["data"] == {
            "campaign": campaign.pk,
            "reason": "automated",
            "count": 4,
            "leaves": leaves,
        }
        assert entry["case"] == proposal.case_id

    def test_the_kinds_of_act_enter_the_ledger_in_order(self) -> None:
        campaign = run(endorsed_one())
        restored(campaign)
        count(LATER + 2 * DAY)
        told = [
            leaf.kind.removeprefix("proposals.")
            for leaf in Leaf.objects.order_by("index")
            if read(bytes(leaf.entry)).get("data", {}).get("campaign") == campaign.pk
        ]
        assert told == [
            "campaign_proposed", "campaign_counted", "campaign_approved", "campaign_begun",
            "invalidated", "campaign_run", "restoration_asked", "restoration_approved",
            "restored", "campaign_restored",
        ]  # fmt: skip

    def test_the_explanation_is_committed_to_and_not_published_in_the_ledger(self) -> None:
        proposed(endorsed_one())
        [entry] = entries("campaign_proposed")
        assert entry["data"].keys() == {"campaign", "reason"}
        assert WHY not in str(entry)

    def test_the_people_concerned_are_told_how_to_appeal(self) -> None:
        proposal = endorsed_one()
        run(proposal)
        letters = Notice.objects.filter(kind="proposals.invalidated")
        gone = Endorsement.objects.filter(proposal=proposal, invalidated_at__isnull=False)
        assert set(letters.values_list("recipient", flat=True)) == {
            f"person:{row.person_id}" for row in gone
        }
        one = letters[0].context
        assert (one["reason_zh"], one["explanation_zh"]) == ("以程式自動產生之附議", WHY)
        assert one["appeal_until"] == "2026-04-07"  # 30 days from the day after; a Monday holiday
        [to_proposer] = Notice.objects.filter(kind="proposals.campaign_run")
        assert to_proposer.recipient == f"person:{proposal.proposer_id}"
        assert (to_proposer.context["taken"], to_proposer.context["endorsed"]) == (4, 6)

    def test_batches_are_whole_and_small_enough_for_the_ledger(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(invalidating, "BATCH", 3)
        run(endorsed_one(bots=7))
        told = entries("invalidated")
        assert [entry["data"]["count"] for entry in told] == [3, 3, 1]
        leaves = [leaf for entry in told for leaf in entry["data"]["leaves"]]
        assert len(set(leaves)) == 7

    def test_the_largest_batch_fits(self) -> None:
        leaves = [10**12 + n for n in range(invalidating.BATCH)]
        assert len(str(leaves)) < 60_000

    def test_it_runs_once_however_often_it_is_asked(self) -> None:
        proposal = endorsed_one()
        campaign = approved(proposal)
        by = administrator()
        proposals.run_campaign(campaign_id=campaign.pk, by=by, at=LATER, batches=1)
        for _ in range(3):
            proposals.continue_campaigns(by=SYSTEM, at=LATER + MINUTE)
        proposal.refresh_from_db()
        assert proposal.endorsed == 6
        assert len(entries("invalidated")) == 1
        assert Campaign.objects.get().run_at == LATER + MINUTE

    def test_the_curve_bends_on_the_day_and_not_before(self) -> None:
        proposal = endorsed_one()
        before = dict(CurvePoint.objects.values_list("day", "total"))
        run(proposal)
        after = dict(CurvePoint.objects.values_list("day", "total"))
        day = LATER.date()
        assert {one: total for one, total in after.items() if one < day} == before
        assert after[day] == 6

    def test_a_recount_agrees(self) -> None:
        proposal = endorsed_one()
        campaign = run(proposal)
        assert proposals.recount(proposal_id=proposal.pk, by=SYSTEM, at=LATER) == 0
        restored(campaign)
        assert proposals.recount(proposal_id=proposal.pk, by=SYSTEM, at=LATER + DAY) == 0

    def test_two_campaigns_never_take_the_same_endorsement_off_twice(self) -> None:
        proposal = endorsed_one()
        first, second = approved(proposal), approved(proposal, reason="other_stated")
        for campaign in (first, second):
            proposals.run_campaign(campaign_id=campaign.pk, by=administrator(), at=LATER)
        proposal.refresh_from_db()
        assert (proposal.endorsed, valid(proposal)) == (6, 6)
        second.refresh_from_db()
        assert (second.state, second.counted, second.invalidated) == ("run", 4, 0)
        assert CampaignEndorsement.objects.filter(skipped_at__isnull=False).count() == 4


class TestRestoring:
    def test_everything_comes_back(self) -> None:
        proposal = endorsed_one()
        campaign = restored(run(proposal))
        assert (campaign.state, campaign.restored, campaign.standing) == ("restored", 4, 0)
        proposal.refresh_from_db()
        assert (proposal.endorsed, proposal.numbered, valid(proposal)) == (10, 10, 10)
        [out], [back] = entries("invalidated"), entries("restored")
        assert out["data"]["leaves"] == back["data"]["leaves"]
        kinds = Counter(Notice.objects.values_list("kind", flat=True))
        assert kinds["proposals.restored"] == 4
        assert kinds["proposals.campaign_restored"] == 1

    def test_a_campaign_can_be_stopped_half_way(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(invalidating, "BATCH", 2)
        proposal = endorsed_one(bots=6)
        campaign = approved(proposal)
        proposals.run_campaign(campaign_id=campaign.pk, by=administrator(), at=LATER, batches=1)
        campaign = restored(campaign)
        proposal.refresh_from_db()
        assert (proposal.endorsed, campaign.invalidated, campaign.restored) == (12, 2, 2)
        assert proposals.continue_campaigns(by=SYSTEM, at=LATER + 2 * DAY) == 0

    def test_what_was_restored_can_be_taken_off_again_for_another_reason(self) -> None:
        proposal = endorsed_one()
        restored(run(proposal))
        again = run(proposal, at=LATER + 2 * DAY, reason="not_eligible")
        assert (again.invalidated, proposal.endorsed) == (4, 6)


class TestRecord:
    def test_who_did_what(self) -> None:
        campaign = run(endorsed_one())
        [proposal_event] = events("campaign_proposed")
        [approval] = events("campaign_approved")
        assert proposal_event.actor == campaign.proposed_by
        assert approval.actor == campaign.approved_by
        assert proposal_event.actor != approval.actor
        assert {proposal_event.subject, approval.subject} == {f"campaign:{campaign.pk}"}

    def test_a_rejected_one_says_why_and_ends(self) -> None:
        campaign = counted(endorsed_one())
        done = proposals.reject_campaign(
            campaign_id=campaign.pk, reason="證據不足。", by=administrator(), at=LATER
        )
        assert (done.state, done.reject_reason) == ("rejected", "證據不足。")
        assert done.counted == 4
        assert proposals.continue_campaigns(by=SYSTEM, at=LATER) == 0

    def test_who_proposed_it_may_drop_it(self) -> None:
        by = administrator()
        campaign = proposed(endorsed_one(), by=by)
        done = proposals.reject_campaign(
            campaign_id=campaign.pk, reason="條件寫錯了。", by=by, at=LATER
        )
        assert done.state == "rejected"

    def test_public_history_shows_the_campaign_once(self) -> None:
        proposal = endorsed_one()
        asked_back(run(proposal))
        codes = [event.kind for event in public_history(proposal.case_id)]
        assert codes.count("proposals.campaign_run") == 1
        assert "proposals.invalidated" not in codes
