"""Below the threshold after reaching, and above it again: as the case's rule set says."""

from datetime import timedelta

import pytest

from minben.audit.models import Event
from minben.casework.models import Deadline
from minben.config.jobs import tick
from minben.kernel.actor import SYSTEM
from minben.notify.models import Notice
from minben.proposals import actions as proposals
from minben.proposals.conditions import Conditions
from minben.proposals.models import Proposal
from tests.db.campaigned import LATER, OPEN, administrator, endorsed_one, restored, run, under_rule
from tests.db.crowd import crowd
from tests.factories import DAY, count

pytestmark = pytest.mark.django_db


def reached_one(outcome: str = "") -> Proposal:
    """It reached with ten endorsements; four of them are going to be taken off."""
    proposal = endorsed_one(threshold=8)
    if outcome:
        under_rule(proposal, outcome)
    proposal.refresh_from_db()
    assert proposal.state == "reached"
    return proposal


def told(proposal: Proposal) -> dict[str, object]:
    [event] = Event.objects.filter(kind="proposals.fell_below", case_id=proposal.case_id)
    data: dict[str, object] = event.data
    return data


def deadline(proposal: Proposal, kind: str) -> str:
    rows = Deadline.objects.filter(case_id=proposal.case_id, kind=kind).order_by("-pk")
    return str(rows.values_list("outcome", flat=True)[0])


class TestStands:
    @pytest.mark.parametrize("outcome", ["", "stands"])
    def test_a_case_stays_a_case(self, outcome: str) -> None:
        proposal = reached_one(outcome)
        before = (proposal.reached_at, proposal.response_due_at)
        run(proposal)
        assert (proposal.state, proposal.endorsed) == ("reached", 6)
        assert (proposal.reached_at, proposal.response_due_at) == before
        assert deadline(proposal, "response") == "open"
        data = told(proposal)
        assert (data["count"], data["threshold"], data["rule"]) == (6, 8, "stands")
        assert data["outcome"] == "stands"
        assert data["basis"]

    def test_it_is_not_reached_a_second_time(self) -> None:
        proposal = reached_one()
        campaign = run(proposal)
        for n, by in enumerate(crowd(3)):
            at = LATER + timedelta(minutes=n)
            proposals.endorse(proposal_id=proposal.pk, by=by, at=at)
        count(LATER + DAY)
        restored(campaign)
        proposal.refresh_from_db()
        assert proposal.endorsed == 13
        assert Event.objects.filter(kind="proposals.reached").count() == 1

    def test_an_answered_case_stands_under_any_rule(self) -> None:
        proposal = reached_one("reopens")
        Proposal.objects.filter(pk=proposal.pk).update(state="answered", answered_at=LATER)
        run(proposal)
        assert (proposal.state, told(proposal)["outcome"]) == ("answered", "stands")


class TestReopens:
    def test_it_is_open_again_and_the_clock_stops(self) -> None:
        proposal = reached_one("reopens")
        run(proposal)
        assert (proposal.state, proposal.endorsed) == ("endorsing", 6)
        assert proposal.reached_at is None
        assert proposal.response_due_at is None
        assert deadline(proposal, "response") == "cancelled"
        assert deadline(proposal, "endorse_close") == "open"
        assert told(proposal)["basis"] == "測試規則"
        [letter] = Notice.objects.filter(kind="proposals.fell_below")
        assert letter.context["outcome"] == "reopens"

    def test_the_next_endorsements_reach_it_again_exactly(self) -> None:
        proposal = reached_one("reopens")
        run(proposal)
        for n, by in enumerate(crowd(4)):
            at = LATER + timedelta(minutes=1 + n)
            proposals.endorse(proposal_id=proposal.pk, by=by, at=at)
        count(LATER + DAY)
        proposal.refresh_from_db()
        assert (proposal.state, proposal.endorsed) == ("reached", 10)
        assert proposal.reached_at == LATER + timedelta(minutes=2)  # the second: 6 + 2 = 8

    def test_restoring_reaches_it_at_the_time_of_the_act(self) -> None:
        proposal = reached_one("reopens")
        restored(run(proposal), at=LATER + 2 * DAY)
        proposal.refresh_from_db()
        assert (proposal.state, proposal.reached_at) == ("reached", LATER + 2 * DAY)
        assert deadline(proposal, "response") == "open"

    def test_after_the_window_it_lapses(self) -> None:
        proposal = reached_one("reopens")
        over = proposal.closes_at + DAY
        tick(over)
        run(proposal, at=over)
        assert (proposal.state, proposal.reached_at) == ("lapsed", None)
        assert deadline(proposal, "endorse_close") == "met"
        assert told(proposal)["outcome"] == "lapses"
        proposal.case.refresh_from_db()
        assert proposal.case.closed_at == over

    def test_after_the_window_and_before_the_tick_it_lapses_once(self) -> None:
        proposal = reached_one("reopens")
        over = proposal.closes_at + DAY
        run(proposal, at=over)
        assert (proposal.state, deadline(proposal, "endorse_close")) == ("lapsed", "lapsed")
        tick(over + DAY)
        proposal.refresh_from_db()
        assert proposal.state == "lapsed"

    def test_restoring_what_lapsed_makes_it_a_case(self) -> None:
        proposal = reached_one("reopens")
        over = proposal.closes_at + DAY
        campaign = run(proposal, at=over)
        restored(campaign, at=over + DAY)
        proposal.refresh_from_db()
        assert (proposal.state, proposal.reached_at) == ("reached", over + DAY)
        proposal.case.refresh_from_db()
        assert proposal.case.closed_at is None


class TestNeverReached:
    def test_what_would_have_reached_reaches_when_it_is_restored(self) -> None:
        """Taken off before the threshold, lapsed for that reason, given back too late to endorse."""
        proposal = endorsed_one(people=6, bots=4, threshold=12)
        campaign = run(proposal)
        for n, by in enumerate(crowd(3)):
            proposals.endorse(proposal_id=proposal.pk, by=by, at=LATER + timedelta(minutes=1 + n))
        over = proposal.closes_at
        tick(over)
        proposal.refresh_from_db()
        assert (proposal.state, proposal.endorsed) == ("lapsed", 9)
        restored(campaign, at=over + DAY)
        proposal.refresh_from_db()
        assert (proposal.state, proposal.endorsed) == ("reached", 13)

    def test_below_the_threshold_nothing_follows(self) -> None:
        proposal = endorsed_one(threshold=100)
        run(proposal)
        assert not Event.objects.filter(kind="proposals.fell_below").exists()

    def test_numbers_are_never_given_again(self) -> None:
        proposal = endorsed_one()
        run(proposal)
        [by] = crowd(1)
        proposals.endorse(proposal_id=proposal.pk, by=by, at=LATER + DAY)
        count(LATER + DAY)
        proposal.refresh_from_db()
        assert (proposal.endorsed, proposal.numbered) == (7, 11)


class TestArchive:
    def test_another_platforms_endorsements_are_not_ours_to_judge(self) -> None:
        proposal = endorsed_one(people=3, bots=0)
        rows = [proposals.TakenOver(n, OPEN, "臺北市", "", "", f"bot{n}") for n in (1, 2)]
        proposals.take_over_endorsements(proposal_id=proposal.pk, rows=rows, by=SYSTEM, at=LATER)
        campaign = proposals.propose_campaign(
            proposal_id=proposal.pk,
            conditions=Conditions(since=OPEN),
            reason="automated",
            explanation_zh="檢查所有附議的來源。",
            by=administrator(),
            at=LATER,
        )
        found = proposals.count_campaign(campaign_id=campaign.pk, by=administrator(), at=LATER)
        assert found.counted == 3
