"""The demo's campaign: played by the platform's own acts, and right in every place that tells it."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from minben.kernel import clock
from minben.kernel.periods import local_day
from minben.ledger.keys import log_vkey
from minben.ledger.publishing import export
from minben.ledger.verifier.checking import Wishes, verify
from minben.ledger.verifier.sources import open_source
from minben.proposals.models import Campaign, CampaignAppeal, CurvePoint, Endorsement, Proposal
from tests.db.simulation.playing import played
from tests.factories import DAY0

pytestmark = pytest.mark.django_db
CASE = "offshore-night-transfer"
MACHINES = "離島加油"


@pytest.fixture(scope="module", autouse=True)
def demo(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The demo, of which only the proposal with the campaign is played; its ledger has a key."""
    folder = tmp_path_factory.mktemp("demo")
    with played(
        django_db_blocker, folder, lambda rows: [one for one in rows if one["key"] == CASE]
    ):
        yield


def test_two_officers_took_off_what_a_program_made_and_one_who_was_awake() -> None:
    campaign = Campaign.objects.select_related("proposal").get()
    assert (campaign.state, campaign.counted, campaign.invalidated) == ("run", 14, 14)
    assert (campaign.restored, campaign.standing) == (1, 13)
    assert campaign.proposed_by != campaign.approved_by
    assert campaign.networks == {"known": 14, "distinct": 3, "largest": 12}
    made = Endorsement.objects.filter(nickname__startswith=MACHINES)
    assert (made.count(), made.filter(invalidated_at=None).count()) == (12, 0)
    proposal = campaign.proposal
    assert (proposal.state, proposal.numbered - proposal.endorsed) == ("endorsing", 13)
    assert Endorsement.objects.filter(proposal=proposal).count() == proposal.numbered


def test_one_appeal_is_decided_and_one_waits() -> None:
    decided, waits = CampaignAppeal.objects.order_by("filed_at")
    assert (decided.upheld, waits.upheld, waits.decided_at) == (True, None, None)
    assert decided.entry.endorsement.invalidated_at is None
    assert waits.entry.endorsement.invalidated_at is not None
    assert waits.filed_at < DAY0 < waits.due_at


def test_every_act_has_its_own_time_in_the_past() -> None:
    campaign = Campaign.objects.get()
    decided, waits = CampaignAppeal.objects.order_by("filed_at")
    night = Endorsement.objects.filter(person__isnull=False, network__isnull=False).order_by("at")
    times = [
        night.first().at,  # type: ignore[union-attr]
        night.last().at,  # type: ignore[union-attr]
        campaign.proposed_at,
        campaign.counted_at,
        campaign.approved_at,
        campaign.begun_at,
        decided.filed_at,
        decided.decided_at,
        waits.filed_at,
        DAY0,
    ]
    assert times == sorted(times)
    assert len(set(times)) == len(times)
    assert DAY0 - times[0] < timedelta(days=13)


def test_numbers_follow_the_times_of_endorsing() -> None:
    rows = Endorsement.objects.filter(proposal=Proposal.objects.get()).order_by("number")
    times = list(rows.values_list("at", flat=True))
    assert times == sorted(times)
    assert len(times) > 3000


def test_the_curve_bends_on_the_days_of_the_acts() -> None:
    campaign, appeal = Campaign.objects.get(), CampaignAppeal.objects.get(upheld=True)
    assert campaign.begun_at
    assert appeal.decided_at
    totals = dict(CurvePoint.objects.values_list("day", "total"))
    days = [local_day(at) for at in Endorsement.objects.values_list("at", flat=True)]

    def given(day: date) -> int:
        return sum(one <= day for one in days)

    day = timedelta(days=1)
    taken, back = local_day(campaign.begun_at), local_day(appeal.decided_at)
    assert totals[taken - day] == given(taken - day)
    assert totals[taken] == given(taken) - 14
    assert totals[back - day] == given(back - day) - 14
    assert totals[back] == given(back) - 13


def test_the_bundle_of_it_is_verified(tmp_path: Path) -> None:
    export(tmp_path / "bundle", at=DAY0)
    report = verify(open_source(str(tmp_path / "bundle")), Wishes(now=DAY0, keys=[log_vkey()]))
    assert (report.figures["struck_out"], report.sandbox) == (13, True)
    assert report.figures["endorsements"] == Endorsement.objects.exclude(person=None).count()


def test_public_pages_tell_it(client: Client) -> None:
    number = Proposal.objects.get().case.number
    with clock.moved_by(DAY0 + timedelta(hours=1) - clock.now()):
        register = client.get("/register/invalidated/").content.decode()
        page = client.get(f"/proposals/{number}/invalidated/").content.decode()
        told = client.get("/api/v1/invalidations").json()
    assert "十四則" in register
    assert "十四則" in page
    assert told["totals"] == {
        "campaigns": 1,
        "invalidated": 14,
        "restored": 1,
        "standing": 13,
        "appeals": {"filed": 2, "upheld": 1, "rejected": 0},
    }
