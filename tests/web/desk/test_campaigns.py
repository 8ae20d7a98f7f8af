"""Looking into endorsements in the browser: dry run, two people, progress, back again."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from minben.kernel.actor import SYSTEM, Role
from minben.people import actions as people
from minben.people.models import User
from minben.proposals import actions as proposals
from minben.proposals.actions import invalidating
from minben.proposals.models import Campaign, CampaignAppeal, Proposal
from tests.db.campaigned import (
    LATER,
    REASON,
    WHY,
    administrator,
    approved,
    asked_back,
    counted,
    endorsed_one,
    proposed,
    run,
)
from tests.db.proposals.test_campaign_appeals import TEXT, appealed, endorser
from tests.factories import DAY
from tests.web.conftest import SignedIn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("later")]
STAFF = Callable[..., SignedIn]
TYPED = {"nickname": "bot*", "reason_code": "automated", "explanation_zh": WHY}


@pytest.fixture
def later(at_instant: Callable[..., Any]) -> Iterator[None]:
    with at_instant(LATER + 2 * DAY):
        yield


@pytest.fixture
def admin(staff_client: STAFF) -> SignedIn:
    return staff_client(Role.ADMINISTRATOR)


@pytest.fixture
def proposal() -> Proposal:
    return endorsed_one()


def text(answer: Any) -> str:
    return str(answer.content.decode())


def new_url(proposal: Proposal) -> str:
    return f"/desk/campaigns/new/{proposal.case.number}/"


def url(campaign: Campaign, act: str = "") -> str:
    return f"/desk/campaigns/{campaign.pk}/{act}"


class TestList:
    def test_an_empty_list_says_how_to_begin(self, admin: SignedIn) -> None:
        assert "還沒有查核過任何附議" in text(admin.get("/desk/campaigns/"))
        assert "目前沒有" in text(admin.get("/desk/campaigns/appeals/"))

    def test_a_number_leads_to_the_form(self, admin: SignedIn, proposal: Proposal) -> None:
        answer = admin.get("/desk/campaigns/", {"number": proposal.case.number})
        assert answer["Location"] == new_url(proposal)

    def test_an_unknown_number_is_kept_and_told(self, admin: SignedIn) -> None:
        answer = admin.get("/desk/campaigns/", {"number": "2026-999"})
        assert answer.status_code == 404
        assert "查無提議 2026-999" in text(answer)
        assert 'value="2026-999"' in text(answer)

    def test_what_waits_can_be_looked_at_alone(self, admin: SignedIn, proposal: Proposal) -> None:
        done, waits = run(proposal), proposed(proposal, reason="not_eligible")
        page = text(admin.get("/desk/campaigns/?show=waiting"))
        assert url(waits) in page
        assert url(done) not in page
        asked_back(done)
        assert url(done) in text(admin.get("/desk/campaigns/?show=waiting"))


class TestNew:
    def test_the_preview_shows_what_it_would_do_and_does_nothing(
        self, admin: SignedIn, proposal: Proposal
    ) -> None:
        page = text(admin.post(new_url(proposal), TYPED | {"act": "preview"}))
        assert "執行後剩 6 則" in page
        for word in ("2026-03-04", "高雄市", "ｂｏｔ0", WHY):
            assert word in page
        assert not Campaign.objects.exists()

    def test_the_preview_tells_what_becomes_of_a_case(self, admin: SignedIn) -> None:
        case = endorsed_one(threshold=8)
        page = text(admin.post(new_url(case), TYPED))
        assert "執行後會低於門檻" in page
        assert "成案效力不變" in page

    def test_nothing_found_can_not_be_proposed(self, admin: SignedIn, proposal: Proposal) -> None:
        page = text(admin.post(new_url(proposal), TYPED | {"nickname": "robot*"}))
        assert "沒有計入的附議符合這些條件" in page
        assert 'value="propose"' not in page

    def test_proposing(self, admin: SignedIn, proposal: Proposal) -> None:
        answer = admin.post(new_url(proposal), TYPED | {"act": "propose"})
        campaign = Campaign.objects.get()
        assert answer["Location"] == url(campaign)
        assert campaign.conditions == {"nickname": "bot*"}
        assert campaign.proposed_by == admin.actor.id

    @pytest.mark.parametrize(
        ("typed", "field", "said"),
        [
            ({"nickname": ""}, "", "請至少填一項條件"),
            ({"nickname": "*"}, "nickname", "這個樣式會符合所有附議"),
            ({"network": "203.0.113.0/30"}, "network", "不能查更小的範圍"),
            ({"since": "2026-03-05T10:00", "until": "2026-03-05T10:00"}, "until", "要晚於"),
            ({"explanation_zh": ""}, "explanation_zh", ""),
            ({"reason_code": "because"}, "reason_code", ""),
        ],
    )
    @pytest.mark.parametrize("act", ["preview", "propose"])
    def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(
        self,
        admin: SignedIn,
        proposal: Proposal,
        typed: dict[str, str],
        field: str,
        said: str,
        act: str,
    ) -> None:
        answer = admin.post(new_url(proposal), TYPED | {"act": act} | typed)
        page = text(answer)
        assert answer.status_code == 422
        assert said in page
        if field:
            assert f'href="#id_{field}' in page
        if "explanation_zh" not in typed:
            assert WHY in page
        assert not Campaign.objects.exists()

    def test_times_are_taiwans(self, admin: SignedIn, proposal: Proposal) -> None:
        admin.post(new_url(proposal), TYPED | {"act": "propose", "since": "2026-03-04T10:06"})
        campaign = Campaign.objects.get()
        assert campaign.conditions["since"] == "2026-03-04T10:06:00+08:00"
        assert "2026年3月4日 10:06" in text(admin.get(url(campaign)))


class TestActs:
    def test_the_whole_way_with_two_people(self, admin: SignedIn, proposal: Proposal) -> None:
        campaign = proposed(proposal)
        for act in ("count/", "approve/", "run/"):
            assert admin.post(url(campaign, act))["Location"] == url(campaign), act
        proposal.refresh_from_db()
        campaign.refresh_from_db()
        assert (campaign.state, proposal.endorsed) == ("run", 6)
        page = text(admin.get(url(campaign)))
        assert "4 / 4" in page
        admin.post(url(campaign, "ask-back/"), {"reason": REASON})
        assert "您已提出恢復計入" in text(admin.get(url(campaign)))

    def test_nobody_approves_their_own(self, admin: SignedIn, proposal: Proposal) -> None:
        campaign = counted(proposal, by=admin.actor)
        page = text(admin.get(url(campaign)))
        assert "要由另一位平臺管理者核可" in page
        assert url(campaign, "approve/") not in page
        answer = admin.post(url(campaign, "approve/"))
        assert answer.status_code == 403
        assert "必須由另一人核可" in text(answer)

    def test_nobody_approves_their_own_taking_back(
        self, admin: SignedIn, proposal: Proposal
    ) -> None:
        campaign = asked_back(run(proposal), by=admin.actor)
        assert url(campaign, "restore/") not in text(admin.get(url(campaign)))
        assert admin.post(url(campaign, "restore/")).status_code == 403

    def test_taking_back(self, admin: SignedIn, proposal: Proposal) -> None:
        campaign = asked_back(run(proposal))
        assert url(campaign, "restore/") in text(admin.get(url(campaign)))
        admin.post(url(campaign, "restore/"))
        proposal.refresh_from_db()
        assert proposal.endorsed == 10
        assert "4 / 4" in text(admin.get(url(campaign)))

    def test_a_large_one_shows_how_much_is_left_and_goes_on(
        self, admin: SignedIn, proposal: Proposal, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(invalidating, "BATCH", 1)
        monkeypatch.setattr("minben.desk.views.campaigns.AT_ONCE", 1)
        campaign = approved(proposal)
        admin.post(url(campaign, "run/"))
        assert "還有 3 則要處理" in text(admin.get(url(campaign)))
        for _ in range(4):
            admin.post(url(campaign, "run/"))
        campaign.refresh_from_db()
        assert (campaign.state, campaign.invalidated) == ("run", 4)

    @pytest.mark.parametrize("reason", ["", "短"])
    def test_dropping_needs_a_reason(
        self, admin: SignedIn, proposal: Proposal, reason: str
    ) -> None:
        campaign = counted(proposal)
        answer = admin.post(url(campaign, "reject/"), {"reason": reason})
        assert answer.status_code == 422
        assert reason in text(answer)
        campaign.refresh_from_db()
        assert campaign.state == "counted"
        admin.post(url(campaign, "reject/"), {"reason": REASON})
        assert REASON in text(admin.get(url(campaign)))

    def test_what_is_too_late_is_told_and_the_page_stands(
        self, admin: SignedIn, proposal: Proposal
    ) -> None:
        campaign = run(proposal)
        for act in ("count/", "approve/"):
            answer = admin.post(url(campaign, act))
            assert answer.status_code == 409, act
            assert "以目前的狀態無法這麼做" in text(answer)
        answer = admin.post(url(campaign, "reject/"), {"reason": REASON})
        assert answer.status_code == 409
        assert admin.post(url(campaign, "restore/")).status_code == 409
        assert admin.post(url(campaign, "run/")).status_code == 302  # pressed twice: done already

    def test_ones_own_proposal_is_somebody_elses_to_judge(self, staff_client: STAFF) -> None:
        proposal = endorsed_one()
        campaign = counted(proposal)
        user = User.objects.get(pk=proposal.proposer_id)
        people.grant_role(
            user_id=user.pk, role=Role.ADMINISTRATOR, agency_id=None, by=SYSTEM, at=LATER
        )
        own = staff_client(Role.ADMINISTRATOR, user=user)
        assert "這是您自己的提議" in text(own.get(url(campaign)))
        assert own.post(url(campaign, "approve/")).status_code == 403

    def test_reading_changes_nothing(self, admin: SignedIn, proposal: Proposal) -> None:
        campaign = counted(proposal)
        for act in ("count/", "approve/", "run/", "restore/", "reject/", "ask-back/"):
            assert admin.get(url(campaign, act)).status_code == 405


class TestAppeals:
    @pytest.fixture
    def appeal(self, proposal: Proposal) -> CampaignAppeal:
        run(proposal)
        return appealed(proposal, endorser(proposal))

    @pytest.mark.parametrize(("upheld", "left"), [("yes", 7), ("no", 6)])
    def test_deciding(
        self, staff_client: STAFF, appeal: CampaignAppeal, upheld: str, left: int
    ) -> None:
        checker = staff_client(Role.CHECKER)
        assert f"/desk/campaigns/appeals/{appeal.pk}/" in text(
            checker.get("/desk/campaigns/appeals/")
        )
        place = f"/desk/campaigns/appeals/{appeal.pk}/"
        page = text(checker.get(place))
        assert TEXT in page
        assert WHY in page
        answer = checker.post(place, {"upheld": upheld, "reason": REASON})
        assert answer["Location"] == "/desk/campaigns/appeals/"
        assert Proposal.objects.get(pk=appeal.entry.campaign.proposal_id).endorsed == left
        assert REASON in text(checker.get(place))

    def test_who_had_a_part_in_it_does_not_decide(
        self, staff_client: STAFF, proposal: Proposal
    ) -> None:
        admin = staff_client(Role.ADMINISTRATOR)
        run(proposal, by=admin.actor)
        appeal = appealed(proposal, endorser(proposal))
        place = f"/desk/campaigns/appeals/{appeal.pk}/"
        assert "您曾參與這件事" in text(admin.get(place))
        answer = admin.post(place, {"upheld": "yes", "reason": REASON})
        assert answer.status_code == 403
        assert REASON in text(answer)

    def test_a_missing_decision_keeps_the_reason(
        self, staff_client: STAFF, appeal: CampaignAppeal
    ) -> None:
        place = f"/desk/campaigns/appeals/{appeal.pk}/"
        answer = staff_client(Role.CHECKER).post(place, {"reason": REASON})
        assert answer.status_code == 422
        assert REASON in text(answer)

    def test_what_was_taken_back_whole_needs_no_decision(
        self, staff_client: STAFF, appeal: CampaignAppeal
    ) -> None:
        campaign = asked_back(appeal.entry.campaign)
        proposals.restore_campaign(campaign_id=campaign.pk, by=administrator(), at=LATER + DAY)
        checker = staff_client(Role.CHECKER)
        assert f"appeals/{appeal.pk}/" not in text(checker.get("/desk/campaigns/appeals/"))
        page = text(checker.get(f"/desk/campaigns/appeals/{appeal.pk}/"))
        assert "整批決定已撤銷" in page
