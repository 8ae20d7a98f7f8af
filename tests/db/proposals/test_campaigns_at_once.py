"""Campaigns while people endorse, two at once, and killed in the middle: nothing lost or doubled."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection

from minben.config.jobs import tick
from minben.kernel.actor import SYSTEM
from minben.ledger.entries import read
from minben.ledger.models import Leaf
from minben.proposals import actions as proposals
from minben.proposals.actions import invalidating
from minben.proposals.models import Campaign, CampaignEndorsement, Endorsement, Proposal
from tests.db.campaigned import (
    LATER,
    administrator,
    approved,
    asked_back,
    endorsed_one,
    run,
    under_rule,
)
from tests.db.crowd import at_once, crowd, outcomes
from tests.factories import DAY, count

pytestmark = pytest.mark.django_db(transaction=True)


def replayed(proposal: Proposal) -> int:
    """The count as anybody outside recounts it, from the ledger alone."""
    count(LATER + 9 * DAY)
    total = 0
    for leaf in Leaf.objects.filter(case_id=proposal.case_id).order_by("index"):
        entry = read(bytes(leaf.entry))
        if entry["kind"] == "proposals.endorsed":
            total += 1
        elif entry["kind"] == "proposals.invalidated":
            total -= entry["data"]["count"]
        elif entry["kind"] == "proposals.restored":
            total += entry["data"]["count"]
    return total


def consistent(proposal: Proposal) -> None:
    told = replayed(proposal)
    proposal.refresh_from_db()
    rows = Endorsement.objects.filter(proposal=proposal)
    held = CampaignEndorsement.objects.filter(taken_at__isnull=False, restored_at=None)
    assert proposal.endorsed == rows.filter(invalidated_at=None).count() == told
    assert proposal.numbered == rows.count()
    assert set(held.values_list("endorsement_id", flat=True)) == set(
        rows.filter(invalidated_at__isnull=False).values_list("pk", flat=True)
    )
    for campaign in Campaign.objects.all():
        taken = campaign.entries.filter(taken_at__isnull=False)
        assert campaign.invalidated == taken.count()
        assert campaign.restored == taken.filter(restored_at__isnull=False).count()


def test_endorsing_goes_on_while_a_campaign_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invalidating, "BATCH", 5)
    proposal = endorsed_one(people=5, bots=40)
    campaign = approved(proposal)
    by, people = administrator(), crowd(60)
    acts: list[Callable[[], object]] = [
        partial(proposals.endorse, proposal_id=proposal.pk, by=one, at=LATER) for one in people
    ]
    acts.insert(30, partial(proposals.run_campaign, campaign_id=campaign.pk, by=by, at=LATER))
    assert outcomes(at_once(acts)) == {"done": 61}
    consistent(proposal)
    assert proposal.endorsed == 65


def test_the_crossing_is_the_same_inside_and_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever replays the ledger finds the threshold reached by the entry the platform named."""
    monkeypatch.setattr(invalidating, "BATCH", 3)
    proposal = endorsed_one(people=5, bots=30, threshold=36)
    under_rule(proposal, "reopens")
    campaign = approved(proposal)
    by = administrator()
    acts: list[Callable[[], object]] = [
        partial(proposals.endorse, proposal_id=proposal.pk, by=one, at=LATER + timedelta(seconds=n))
        for n, one in enumerate(crowd(50))
    ]
    acts.insert(10, partial(proposals.run_campaign, campaign_id=campaign.pk, by=by, at=LATER))
    acts.insert(20, partial(count, LATER))
    assert outcomes(at_once(acts)) == {"done": 52}
    consistent(proposal)
    assert proposal.endorsed == 55
    total, crossed = 0, []
    for leaf in Leaf.objects.filter(case_id=proposal.case_id).order_by("index"):
        entry, before = read(bytes(leaf.entry)), total
        if entry["kind"] == "proposals.endorsed":
            total += 1
        elif entry["kind"] == "proposals.invalidated":
            total -= entry["data"]["count"]
        if before < 36 <= total:
            crossed.append(entry["at"])
    told = [
        read(bytes(leaf.entry))["at"]
        for leaf in Leaf.objects.filter(kind="proposals.reached").order_by("index")
    ]
    assert told == crossed


@pytest.mark.parametrize("same", [True, False])
def test_two_run_at_once(monkeypatch: pytest.MonkeyPatch, same: bool) -> None:
    monkeypatch.setattr(invalidating, "BATCH", 3)
    proposal = endorsed_one(people=5, bots=20)
    first = approved(proposal)
    second = first if same else approved(proposal, reason="other_stated")
    acts: list[Callable[[], object]] = [
        partial(proposals.run_campaign, campaign_id=one.pk, by=administrator(), at=LATER)
        for one in (first, second)
    ]
    acts.append(partial(proposals.continue_campaigns, by=SYSTEM, at=LATER))
    assert outcomes(at_once(acts)) == {"done": 3}
    consistent(proposal)
    assert proposal.endorsed == 5


def test_taken_back_while_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invalidating, "BATCH", 2)
    proposal = endorsed_one(people=5, bots=20)
    campaign = approved(proposal)
    proposals.run_campaign(campaign_id=campaign.pk, by=administrator(), at=LATER, batches=3)
    asked_back(campaign)
    run_on = partial(proposals.continue_campaigns, by=SYSTEM, at=LATER)
    back = partial(
        proposals.restore_campaign, campaign_id=campaign.pk, by=administrator(), at=LATER + DAY
    )
    assert outcomes(at_once([run_on, back])) == {"done": 2}
    proposals.continue_campaigns(by=SYSTEM, at=LATER + DAY)
    consistent(proposal)
    assert proposal.endorsed == 25
    campaign.refresh_from_db()
    assert campaign.state == "restored"


def test_approved_and_rejected_at_once_only_one_happens() -> None:
    campaign = approved(endorsed_one(bots=2))
    acts: list[Callable[[], object]] = [
        partial(proposals.run_campaign, campaign_id=campaign.pk, by=administrator(), at=LATER),
        partial(
            proposals.reject_campaign,
            campaign_id=campaign.pk,
            reason="不再進行。",
            by=administrator(),
            at=LATER,
        ),
    ]
    assert outcomes(at_once(acts)) == {"done": 1, "campaign_elsewhere": 1}
    consistent(campaign.proposal)


KILLED = """
import os, signal, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from datetime import datetime
from minben.kernel.actor import SYSTEM
from minben.proposals import actions
from minben.proposals.actions import invalidating
invalidating.BATCH = 4
done, tell = [0], invalidating.tell_taken
def dying(*args, **kwargs):
    done[0] += 1
    tell(*args, **kwargs)
    if done[0] == 3:
        os.kill(os.getpid(), signal.SIGKILL)  # with the third batch written and not committed
invalidating.tell_taken = dying
actions.continue_campaigns(by=SYSTEM, at=datetime.fromisoformat(sys.argv[2]))
"""


def test_killed_in_the_middle_it_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """A real process, really killed: whole batches stay, the rest is done by the next tick."""
    monkeypatch.setattr(invalidating, "BATCH", 4)
    proposal = endorsed_one(people=3, bots=22)
    campaign = approved(proposal)
    proposals.run_campaign(campaign_id=campaign.pk, by=administrator(), at=LATER, batches=0)
    name = str(connection.settings_dict["NAME"])
    connection.close()
    died = subprocess.run(
        [sys.executable, "-c", KILLED, name, LATER.isoformat()],
        env={**os.environ, "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        check=False,
    )
    assert died.returncode == -signal.SIGKILL, died.stderr.decode()[-800:]
    consistent(proposal)
    assert proposal.endorsed == 25 - 8
    tick(LATER + timedelta(minutes=1))
    consistent(proposal)
    campaign.refresh_from_db()
    assert (campaign.state, proposal.endorsed) == ("run", 3)


def test_everything_after_a_run_is_what_it_was_after_coming_back() -> None:
    proposal = endorsed_one()
    campaign = asked_back(run(proposal))
    proposals.restore_campaign(campaign_id=campaign.pk, by=administrator(), at=LATER + DAY)
    consistent(proposal)
    assert proposal.endorsed == 10
