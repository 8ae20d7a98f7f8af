"""What does not count, in public; and the endorser who sees it, learns why and appeals."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from minben.people import queries as people
from minben.proposals.models import CampaignAppeal, Endorsement, Proposal
from minben.proposals.queries.networks import mark_of
from tests.db.campaigned import (
    LATER,
    REASON,
    WHY,
    approved,
    endorsed_one,
    proposed,
    restored,
    run,
    under_rule,
)
from tests.db.proposals.test_campaign_appeals import TEXT, appealed, decided, endorser
from tests.factories import DAY
from tests.web.conftest import SignedIn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("later")]
CITIZEN = Callable[..., SignedIn]
ENGLISH = "These endorsements were sent by a program within one minute."


@pytest.fixture
def later(at_instant: Callable[..., Any]) -> Iterator[None]:
    with at_instant(LATER + 2 * DAY):
        yield


@pytest.fixture
def proposal() -> Proposal:
    return endorsed_one()


def place(proposal: Proposal, more: str = "") -> str:
    return f"/proposals/{proposal.case.number}/{more}"


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


class TestThePage:
    def test_nothing_stands_there_while_everything_counts(
        self, client: Client, proposal: Proposal
    ) -> None:
        assert "則附議不予計入" not in text(client.get(place(proposal)))
        page = text(client.get(place(proposal, "invalidated/")))
        assert "這件提議的每則附議都計入" in page

    def test_a_campaign_nobody_has_begun_is_not_public(
        self, client: Client, proposal: Proposal
    ) -> None:
        approved(proposal)
        for path in (place(proposal), place(proposal, "invalidated/"), "/register/invalidated/"):
            assert WHY not in text(client.get(path))

    def test_beside_the_count_it_says_how_many_and_leads_to_why(
        self, client: Client, proposal: Proposal
    ) -> None:
        run(proposal)
        page = text(client.get(place(proposal)))
        assert "4 則附議經查核不予計入" in page
        assert f'href="{place(proposal, "invalidated/")}"' in page
        assert "部分附議不予計入" in page  # the timeline
        assert "以程式自動產生之附議" in page
        why = text(client.get(place(proposal, "invalidated/")))
        for said in (WHY, "以程式自動產生之附議", "暱稱樣式", "由一位平臺管理者提出", "n = 4"):
            assert said in why

    def test_what_would_teach_or_point_at_somebody_stays_inside(
        self, client: Client, proposal: Proposal
    ) -> None:
        campaign = run(proposal)
        for path in (place(proposal, "invalidated/"), "/register/invalidated/"):
            page = text(client.get(path))
            assert "bot*" not in page
            assert "ｂｏｔ0" not in page
            assert campaign.proposed_by not in page
        for path in (
            f"/api/v1/proposals/{proposal.case.number}/invalidated",
            "/api/v1/invalidations",
        ):
            told = text(client.get(path))
            assert "bot" not in told
            assert "person:" not in told

    def test_what_does_not_count_is_not_in_the_list_of_endorsements(
        self, client: Client, proposal: Proposal
    ) -> None:
        run(proposal)
        assert "ｂｏｔ0" not in text(client.get(place(proposal, "endorsements/")))
        lines = b"".join(client.get(place(proposal, "endorsements.csv"))).decode()
        assert len(lines.strip().splitlines()) == 1 + 6

    def test_taken_back_it_says_so_and_why(self, client: Client, proposal: Proposal) -> None:
        restored(run(proposal))
        assert "經查核不予計入" not in text(client.get(place(proposal)))
        page = text(client.get(place(proposal, "invalidated/")))
        assert "已恢復" in page
        assert REASON in page

    def test_falling_below_stands_on_the_case_with_its_rule(self, client: Client) -> None:
        proposal = endorsed_one(threshold=8)
        run(proposal)
        page = text(client.get(place(proposal)))
        assert "附議數低於門檻" in page
        assert "成案效力不變，機關仍應如期回應" in page
        assert "本平臺自訂：成案後附議經剔除而不足門檻者" in page

    def test_reopening_stands_on_the_case(self, client: Client) -> None:
        proposal = endorsed_one(threshold=8)
        under_rule(proposal, "reopens")
        run(proposal)
        page = text(client.get(place(proposal)))
        assert "提議恢復為附議中" in page
        assert "測試規則" in page

    def test_in_english(self, client: Client, proposal: Proposal) -> None:
        run(proposal, explanation_en=ENGLISH)
        page = text(client.get(f"/en{place(proposal, 'invalidated/')}"))
        assert ENGLISH in page
        assert "Made by a program" in page
        assert WHY not in page

    def test_a_hidden_or_unknown_proposal_has_no_such_page(self, client: Client) -> None:
        assert client.get("/proposals/2026-999999/invalidated/").status_code == 404


class TestTheRegister:
    def test_an_empty_one_says_so(self, client: Client) -> None:
        assert "這裡從未有附議不予計入" in text(client.get("/register/invalidated/"))

    def test_by_ground(self, client: Client, proposal: Proposal) -> None:
        run(proposal)
        run(endorsed_one(bots=2), reason="not_eligible", explanation_zh="查證後不具附議資格。")
        page = text(client.get("/register/invalidated/"))
        assert "2 項決定" in page
        assert "n = 6" in page
        one = text(client.get("/register/invalidated/?reason=not_eligible"))
        assert "1 項決定" in one
        assert WHY not in one
        assert "以下列出全部登錄" in text(client.get("/register/invalidated/?reason=nonsense"))


class TestTheEndorser:
    def test_sees_it_on_the_page_and_on_ones_own_page(
        self, citizen_client: CITIZEN, proposal: Proposal
    ) -> None:
        run(proposal)
        client = mine(citizen_client, proposal)
        for path in (place(proposal), "/my/"):
            page = text(client.get(path))
            assert "您的附議不予計入" in page
            assert place(proposal, "invalidated/") in page
        page = text(client.get(place(proposal, "invalidated/")))
        assert place(proposal, "invalidated/appeal/") in page
        assert "2026年4月7日" in page

    def test_others_see_nothing_of_that(self, citizen_client: CITIZEN, proposal: Proposal) -> None:
        run(proposal)
        page = text(citizen_client().get(place(proposal, "invalidated/")))
        assert "您的附議不予計入" not in page

    def test_appeals(self, citizen_client: CITIZEN, proposal: Proposal) -> None:
        run(proposal)
        client = mine(citizen_client, proposal)
        form = text(client.get(place(proposal, "invalidated/appeal/")))
        assert WHY in form
        answer = client.post(place(proposal, "invalidated/appeal/"), {"text": TEXT})
        assert answer["Location"] == place(proposal, "invalidated/")
        assert CampaignAppeal.objects.get().text == TEXT
        assert "您已提出申覆" in text(client.get(place(proposal, "invalidated/")))
        assert client.get(place(proposal, "invalidated/appeal/")).status_code == 409

    @pytest.mark.parametrize(
        ("typed", "said"), [("", "請填寫"), ("短", "至少"), ("長" * 2001, "最多")]
    )
    def test_a_refused_text_is_kept(
        self, citizen_client: CITIZEN, proposal: Proposal, typed: str, said: str
    ) -> None:
        run(proposal)
        client = mine(citizen_client, proposal)
        answer = client.post(place(proposal, "invalidated/appeal/"), {"text": typed})
        assert answer.status_code == 422
        assert typed in answer.content.decode()
        assert 'href="#id_text"' in answer.content.decode()
        assert not CampaignAppeal.objects.exists()

    def test_sees_a_rejection_with_its_reason(
        self, citizen_client: CITIZEN, proposal: Proposal
    ) -> None:
        run(proposal)
        client = mine(citizen_client, proposal)
        decided(appealed(proposal, client.actor), upheld=False)
        page = text(client.get(place(proposal, "invalidated/")))
        assert "您的申覆不成立" in page
        assert REASON in page

    def test_upheld_it_counts_and_the_page_is_as_before(
        self, citizen_client: CITIZEN, proposal: Proposal
    ) -> None:
        run(proposal)
        client = mine(citizen_client, proposal)
        decided(appealed(proposal, client.actor))
        assert "您的附議不予計入" not in text(client.get(place(proposal)))
        assert "成立 1 件" in text(client.get(place(proposal, "invalidated/")))

    def test_after_the_term_it_is_told_and_refused(
        self,
        citizen_client: CITIZEN,
        proposal: Proposal,
        at_instant: Callable[..., Any],
    ) -> None:
        run(proposal)
        client = mine(citizen_client, proposal)
        with at_instant(LATER + 40 * DAY):
            assert "申覆期限已於" in text(client.get(place(proposal, "invalidated/")))
            assert client.get(place(proposal, "invalidated/appeal/")).status_code == 409

    def test_who_is_not_concerned_can_not_appeal(
        self, citizen_client: CITIZEN, proposal: Proposal
    ) -> None:
        run(proposal)
        answer = citizen_client().get(place(proposal, "invalidated/appeal/"))
        assert answer.status_code == 409

    def test_can_not_endorse_once_more_instead(
        self, citizen_client: CITIZEN, proposal: Proposal
    ) -> None:
        run(proposal)
        client = mine(citizen_client, proposal)
        client.post(place(proposal, "endorse/"), {"reason": ""})
        proposal.refresh_from_db()
        assert (proposal.endorsed, proposal.numbered) == (6, 10)


def mine(citizen_client: CITIZEN, proposal: Proposal) -> SignedIn:
    """Signed in as somebody whose endorsement was taken off the count."""
    return citizen_client(people.user_of(endorser(proposal)))


class TestForMachines:
    def test_one_proposal(self, client: Client, proposal: Proposal) -> None:
        campaign = run(proposal)
        told = client.get(f"/api/v1/proposals/{proposal.case.number}/invalidated").json()
        assert (told["endorsed"], told["rule"]) == (6, "stands")
        assert told["totals"] == {
            "campaigns": 1,
            "invalidated": 4,
            "restored": 0,
            "standing": 4,
            "appeals": {"filed": 0, "upheld": 0, "rejected": 0},
        }
        [item] = told["items"]
        assert item["id"] == campaign.pk
        assert item["reason"] == {"zh": "以程式自動產生之附議", "en": "Made by a program"}
        assert item["looked_at"] == ["nickname"]

    def test_all(self, client: Client, proposal: Proposal) -> None:
        run(proposal)
        proposed(proposal, reason="not_eligible")
        told = client.get("/api/v1/invalidations").json()
        assert told["count"] == 1
        assert told["by_reason"] == [
            {
                "code": "automated",
                "reason": {"zh": "以程式自動產生之附議", "en": "Made by a program"},
                "campaigns": 1,
                "invalidated": 4,
                "restored": 0,
            }
        ]
        assert client.get("/api/v1/invalidations?reason=not_eligible").json()["count"] == 0

    def test_what_is_not_public_is_not_there(self, client: Client) -> None:
        assert client.get("/api/v1/proposals/2026-999999/invalidated").status_code == 404

    def test_restoring_is_told(self, client: Client, proposal: Proposal) -> None:
        restored(run(proposal))
        [item] = client.get("/api/v1/invalidations").json()["items"]
        assert (item["standing"], item["restored"]) == (0, 4)
        assert item["restore_reason"] == REASON


def test_endorsing_keeps_the_mark_of_the_network_and_no_address(
    citizen_client: CITIZEN, proposal: Proposal
) -> None:
    client = citizen_client()
    client.post(place(proposal, "endorse/"), {"reason": ""}, REMOTE_ADDR="203.0.113.9")
    row = Endorsement.objects.get(proposal=proposal, person_id=client.actor.person_id)
    assert bytes(row.network or b"") == mark_of(proposal.pk, "203.0.113.200")
