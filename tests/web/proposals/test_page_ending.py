"""The proposer withdraws or appeals: only the proposer, only in time, with reasons kept."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from minben.kernel.actor import Role
from minben.proposals import actions
from minben.proposals.models import Appeal, Proposal
from minben.proposals.rules import State
from tests.factories import DAY, DAY0, file_one, make_staff
from tests.web.proposals.stages import OPEN, crowd, hidden_one, open_one, reached_one

pytestmark = pytest.mark.django_db
At = Callable[..., Any]
REASON = "打得不夠清楚，會重新提議。"
TEXT = "第二段已寫明路口位置與要求，請再看一次。"
HOUR = timedelta(hours=1)


def base(proposal: Proposal, english: bool = True) -> str:
    return ("/en" if english else "") + f"/proposals/{proposal.case.number}/"


@pytest.mark.parametrize("english", [False, True])
def test_withdrawing_leaves_page_and_reason(
    citizen_client: At, client: Client, at_instant: At, english: bool
) -> None:
    browser = citizen_client()
    proposal = open_one(browser.user)
    crowd(proposal, 12)
    url = base(proposal, english)
    with at_instant(OPEN + DAY):
        asked = browser.get(f"{url}withdraw/").content.decode()
        assert "12" in asked
        response = browser.post(f"{url}withdraw/", {"reason": REASON})
        page = client.get(url).content.decode()
        again = browser.post(f"{url}withdraw/", {"reason": REASON})
    proposal.refresh_from_db()
    assert response["Location"] == url
    assert proposal.state == State.WITHDRAWN
    assert REASON in page
    assert again.status_code == 409


def test_withdrawing_before_the_check_makes_it_gone(
    citizen_client: At, client: Client, at_instant: At
) -> None:
    browser = citizen_client()
    proposal = file_one(browser.user)
    with at_instant(DAY0 + HOUR):
        browser.post(f"{base(proposal)}withdraw/", {"reason": REASON})
        assert client.get(base(proposal)).status_code == 410
        assert browser.get(base(proposal)).status_code == 200


def test_only_the_proposer_withdraws(citizen_client: At, client: Client, at_instant: At) -> None:
    proposal = open_one()
    with at_instant(OPEN):
        assert citizen_client().get(f"{base(proposal)}withdraw/").status_code == 403
        assert (
            citizen_client().post(f"{base(proposal)}withdraw/", {"reason": REASON}).status_code
            == 403
        )
        assert client.post(f"{base(proposal)}withdraw/").status_code == 302
    proposal.refresh_from_db()
    assert proposal.state == State.ENDORSING


def test_a_case_can_not_be_withdrawn(citizen_client: At, at_instant: At) -> None:
    browser = citizen_client()
    proposal = reached_one(browser.user)
    with at_instant(OPEN + DAY):
        response = browser.post(f"{base(proposal)}withdraw/", {"reason": REASON})
    assert response.status_code == 409
    assert "only before it reaches" in response.content.decode()


@pytest.mark.parametrize("reason", ["", "短", "長" * 1001])
def test_a_reason_of_the_wrong_length_is_kept(
    citizen_client: At, at_instant: At, reason: str
) -> None:
    browser = citizen_client()
    proposal = open_one(browser.user)
    with at_instant(OPEN):
        response = browser.post(f"{base(proposal)}withdraw/", {"reason": reason})
    page = response.content.decode()
    assert response.status_code == 422
    assert 'id="id_reason_error"' in page
    assert reason in page
    proposal.refresh_from_db()
    assert proposal.state == State.ENDORSING


@pytest.mark.parametrize("english", [False, True])
def test_an_appeal_is_filed_once(citizen_client: At, at_instant: At, english: bool) -> None:
    browser = citizen_client()
    proposal = hidden_one(browser.user)
    entry = ("/en" if english else "") + f"/register/hidden/{proposal.case.number}/"
    url = f"{base(proposal, english)}appeal/"
    with at_instant(DAY0 + DAY):
        assert url in browser.get(entry).content.decode()
        asked = browser.get(url).content.decode()
        response = browser.post(url, {"text": TEXT})
        shown = browser.get(entry).content.decode()
        again = browser.post(url, {"text": TEXT})
    assert '<time datetime="2026-04-01">' in asked  # thirty days from the next one
    assert response["Location"] == entry
    assert Appeal.objects.get(proposal=proposal).text == TEXT
    assert TEXT not in shown  # what a proposer writes to the office is not published
    assert '<time datetime="2026-03-17">' in shown  # ten working days
    assert again.status_code == 409


@pytest.mark.parametrize("text", ["", "太短", "長" * 2001])
def test_an_appeal_of_the_wrong_length_is_kept(
    citizen_client: At, at_instant: At, text: str
) -> None:
    browser = citizen_client()
    proposal = hidden_one(browser.user)
    with at_instant(DAY0 + DAY):
        response = browser.post(f"{base(proposal)}appeal/", {"text": text})
    page = response.content.decode()
    assert response.status_code == 422
    assert 'id="id_text_error"' in page
    assert text in page
    assert not Appeal.objects.exists()


def test_an_appeal_comes_too_late(citizen_client: At, at_instant: At) -> None:
    browser = citizen_client()
    proposal = hidden_one(browser.user)
    with at_instant(DAY0 + 40 * DAY):
        response = browser.post(f"{base(proposal)}appeal/", {"text": TEXT})
    assert response.status_code == 409
    assert "2026-04-01" in response.content.decode()


def test_only_the_proposer_appeals_and_only_against_hiding(
    citizen_client: At, client: Client, at_instant: At
) -> None:
    hidden, browser = hidden_one(), citizen_client()
    shown = open_one(browser.user)
    with at_instant(DAY0 + DAY):
        assert browser.post(f"{base(hidden)}appeal/", {"text": TEXT}).status_code == 403
        assert browser.get(f"{base(shown)}appeal/").status_code == 404
        assert client.get(f"{base(hidden)}appeal/").status_code == 302


@pytest.mark.parametrize("upheld", [False, True])
def test_what_became_of_an_appeal(
    citizen_client: At, client: Client, at_instant: At, upheld: bool
) -> None:
    browser = citizen_client()
    proposal = hidden_one(browser.user)
    actions.appeal(proposal_id=proposal.pk, text=TEXT, by=browser.actor, at=DAY0 + DAY)
    actions.decide_appeal(
        proposal_id=proposal.pk,
        upheld=upheld,
        reason="訴求已於第二段寫明。",
        by=make_staff(Role.CHECKER),
        at=DAY0 + 2 * DAY,
    )
    with at_instant(DAY0 + 3 * DAY):
        entry = client.get(f"/en/register/hidden/{proposal.case.number}/")
        page = client.get(base(proposal))
    if upheld:
        assert entry["Location"] == base(proposal)
        assert "訴求已於第二段寫明。" in page.content.decode()
        assert "Appeal upheld: restored" in page.content.decode()
    else:
        assert "Rejected" in entry.content.decode()
        assert "訴求已於第二段寫明。" in entry.content.decode()
        assert page.status_code == 302
