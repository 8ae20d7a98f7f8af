"""Endorsing in the browser: said once more, done once, refused in words, nothing typed lost."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from minben.proposals.models import Endorsement, Proposal
from tests.factories import DAY, DAY0, actor, count, endorse, make_person
from tests.web.proposals.stages import OPEN, crowd, hidden_one, open_one, pause

pytestmark = pytest.mark.django_db
At = Callable[..., Any]
REASON = "我家巷口也一樣，請盡快改善。"


def base(proposal: Proposal, english: bool = False) -> str:
    return ("/en" if english else "") + f"/proposals/{proposal.case.number}/"


def test_the_confirmation_page_says_what_it_means(citizen_client: At, at_instant: At) -> None:
    proposal, browser = open_one(), citizen_client()
    with at_instant(OPEN):
        response = browser.get(f"{base(proposal, True)}endorse/")
    page = response.content.decode()
    assert response.status_code == 200
    assert proposal.subject in page
    assert browser.user.public_name in page
    assert "undone" in page
    assert 'data-limit="300"' in page
    assert not Endorsement.objects.exists()  # a link never endorses anything


@pytest.mark.parametrize("english", [False, True])
def test_endorsing_leads_to_a_personal_confirmation(
    citizen_client: At, at_instant: At, english: bool
) -> None:
    proposal, browser = open_one(), citizen_client()
    crowd(proposal, 41, OPEN - timedelta(hours=3))
    url = base(proposal, english)
    with at_instant(OPEN):
        response = browser.post(f"{url}endorse/", {"reason": f"{REASON}\r\n謝謝"})
        assert response.status_code == 302
        assert response["Location"] == f"{url}endorsed/"
        count(OPEN)
        page = browser.get(response["Location"]).content.decode()
        again = browser.get(f"{url}endorse/")
    made = Endorsement.objects.get(person=browser.user)
    assert (made.number, made.reason) == (42, f"{REASON}\n謝謝")
    assert "42" in page
    assert "5,000" in page
    assert REASON in page
    assert browser.user.public_name in page
    assert '<time datetime="2026-03-04T10:00+08:00">' in page
    assert '<time datetime="2026-05-01">' in page  # what happens next
    assert again["Location"] == f"{url}endorsed/"


def test_who_has_not_endorsed_has_no_confirmation(citizen_client: At, at_instant: At) -> None:
    proposal = open_one()
    with at_instant(OPEN):
        response = citizen_client().get(f"{base(proposal)}endorsed/")
    assert response["Location"] == base(proposal)


def test_a_stranger_signs_in_first_and_comes_back(client: Client, at_instant: At) -> None:
    proposal = open_one()
    with at_instant(OPEN):
        for response in (
            client.get(f"{base(proposal)}endorse/"),
            client.post(f"{base(proposal)}endorse/"),
        ):
            assert response.status_code == 302
            assert "login" in response["Location"]
            assert "next=" in response["Location"]
    assert not Endorsement.objects.exists()


def test_an_unconfirmed_account_is_led_to_confirming(citizen_client: At, at_instant: At) -> None:
    proposal = open_one()
    with at_instant(OPEN):
        response = citizen_client(verified=False).post(f"{base(proposal)}endorse/")
    assert response.status_code == 302
    assert "/account/finish/" in response["Location"]
    assert not Endorsement.objects.exists()


def refused(browser: Any, proposal: Proposal, status: int, sentence: str) -> None:
    """A POST is refused in words with everything typed kept; a GET says so at once."""
    url = f"{base(proposal, True)}endorse/"
    before = Endorsement.objects.count()
    response = browser.post(url, {"reason": REASON})
    page = response.content.decode()
    assert response.status_code == status
    assert sentence in page
    assert REASON in page
    assert Endorsement.objects.count() == before
    offered = browser.get(url)
    assert offered.status_code == status
    assert sentence in offered.content.decode()
    assert "<textarea" not in offered.content.decode()


def test_too_early(citizen_client: At, at_instant: At) -> None:
    proposal = open_one()
    with at_instant(DAY0 + timedelta(hours=3)):
        refused(citizen_client(), proposal, 409, "on 2026-03-03")


def test_too_late(citizen_client: At, at_instant: At) -> None:
    proposal = open_one()
    assert proposal.closes_at is not None
    with at_instant(proposal.closes_at):
        refused(citizen_client(), proposal, 409, "closed on 2026-05-01")


def test_during_a_pause(citizen_client: At, at_instant: At) -> None:
    proposal = open_one()
    pause(OPEN, 5)
    with at_instant(OPEN + DAY):
        refused(citizen_client(), proposal, 409, "is paused")


def test_twice(citizen_client: At, at_instant: At) -> None:
    proposal, browser = open_one(), citizen_client()
    with at_instant(OPEN):
        browser.post(f"{base(proposal, True)}endorse/", {"reason": ""})
        response = browser.post(f"{base(proposal, True)}endorse/", {"reason": REASON})
    page = response.content.decode()
    assert response.status_code == 409
    assert "You have endorsed this proposal already" in page
    assert REASON in page
    assert Endorsement.objects.count() == 1


def test_too_long_a_reason_is_kept_and_the_limit_stands_beside_it(
    citizen_client: At, at_instant: At
) -> None:
    proposal = open_one()
    long = "很長的理由" * 61
    with at_instant(OPEN):
        response = citizen_client().post(f"{base(proposal, True)}endorse/", {"reason": long})
    page = response.content.decode()
    assert response.status_code == 422
    assert long in page
    assert 'id="id_reason_error"' in page
    assert "at most 300 characters" in page
    assert not Endorsement.objects.exists()


def test_a_reason_that_holds_a_nul_is_refused(citizen_client: At, at_instant: At) -> None:
    proposal = open_one()
    with at_instant(OPEN):
        response = citizen_client().post(f"{base(proposal)}endorse/", {"reason": "好\x00"})
    assert response.status_code == 400
    assert not Endorsement.objects.exists()


def test_a_hidden_one_can_not_be_endorsed(citizen_client: At, at_instant: At) -> None:
    proposal = hidden_one()
    with at_instant(OPEN):
        response = citizen_client().post(f"{base(proposal)}endorse/")
    assert response.status_code == 302
    assert "/register/hidden/" in response["Location"]
    assert not Endorsement.objects.exists()


def test_other_methods_are_not_known(citizen_client: At, at_instant: At) -> None:
    proposal = open_one()
    with at_instant(OPEN):
        assert citizen_client().delete(f"{base(proposal)}endorse/").status_code == 405
        assert citizen_client().post(base(proposal)).status_code == 405


def test_the_list_is_paged_newest_first_and_filtered(client: Client, at_instant: At) -> None:
    proposal = open_one()
    crowd(proposal, 60)
    url = f"{base(proposal, True)}endorsements/"
    with at_instant(OPEN + DAY):
        first = client.get(url).content.decode()
        second = client.get(f"{url}?page=2").content.decode()
        from_hualien = client.get(f"{url}?county=花蓮縣").content.decode()
        with_reason = client.get(f"{url}?county=花蓮縣&reason=on").content.decode()
        nowhere = client.get(f"{url}?county=火星&page=x")
    assert first.count('class="endorser"') == 50
    assert first.index("路人60") < first.index("路人11")
    assert second.count('class="endorser"') == 10
    assert from_hualien.count('class="endorser"') == 15
    assert with_reason.count('class="endorser"') == 5
    assert "5 match" in with_reason
    assert nowhere.status_code == 200  # dropped, and said beside the field
    assert nowhere.content.decode().count('class="endorser"') == 50
    assert 'id="id_county_error"' in nowhere.content.decode()


def test_an_empty_list_says_what_to_do(client: Client, at_instant: At) -> None:
    proposal = open_one()
    with at_instant(OPEN):
        page = client.get(f"{base(proposal, True)}endorsements/").content.decode()
    assert "Nobody has endorsed it yet" in page
    assert 'class="empty"' in page


def test_the_download_is_a_table_no_spreadsheet_runs(client: Client, at_instant: At) -> None:
    proposal = open_one()
    crowd(proposal, 1, OPEN - DAY + timedelta(hours=8), reason="=HYPERLINK(1)")
    crowd(proposal, 1, OPEN - timedelta(hours=1), reason='有"引號",和逗號\n第二行')
    endorse(proposal_id=proposal.pk, by=actor(make_person("甲")), at=OPEN, reason="@SUM(A1)")
    with at_instant(OPEN + DAY):
        response = client.get(f"{base(proposal)}endorsements.csv")
        body = b"".join(response.streaming_content)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response["Content-Disposition"]
    assert body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["編號", "附議時間", "居住縣市", "鄉鎮市區", "附議人暱稱", "附議原因"]
    assert rows[1] == [
        "1", "2026-03-03 18:00:00", "花蓮縣", "壽豐鄉", "路人1", "'=HYPERLINK(1)",
    ]  # fmt: skip
    assert rows[2][5] == '有"引號",和逗號\n第二行'
    assert rows[3][:4] == ["3", "2026-03-04 10:00:00", "臺北市", "中正區"]
    assert rows[3][5] == "'@SUM(A1)"
    assert len(rows) == 4
