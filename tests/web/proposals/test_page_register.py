"""The public register of hidden proposals, and the feed of one proposal."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from minben.proposals.models import Proposal
from tests.factories import DAY, DAY0, file_one, make_person
from tests.web.proposals.stages import OPEN, answered_one, hidden_one, open_one

pytestmark = pytest.mark.django_db
At = Callable[..., Any]
ATOM = "{http://www.w3.org/2005/Atom}"


def entry(proposal: Proposal, english: bool = True) -> str:
    return ("/en" if english else "") + f"/register/hidden/{proposal.case.number}/"


@pytest.mark.parametrize("english", [False, True])
def test_the_register_tells_number_ground_and_reason(
    client: Client, at_instant: At, english: bool
) -> None:
    proposal = hidden_one(reason="請寫明希望政府做什麼。")
    with at_instant(DAY0 + DAY):
        response = client.get(("/en" if english else "") + "/register/hidden/")
    page = response.content.decode()
    assert response.status_code == 200
    assert proposal.case.number in page
    assert proposal.subject in page
    assert "請寫明希望政府做什麼。" in page
    ground = "The demand is unclear" if english else "訴求不明確或僅涉個人利益"
    assert page.count(ground) >= 2  # in the line and among the grounds
    assert '<time class="nowrap" datetime="2026-03-02">' in page


def test_it_is_filtered_by_ground_and_counts_them(client: Client, at_instant: At) -> None:
    unclear = [hidden_one() for _ in range(2)]
    abusive = hidden_one(ground="discrimination")
    with at_instant(DAY0 + DAY):
        all_of_it = client.get("/en/register/hidden/").content.decode()
        some = client.get("/en/register/hidden/?ground=unclear_or_private").content.decode()
        unknown = client.get("/en/register/hidden/?ground=forged&page=99").content.decode()
    assert "n = 3" in all_of_it
    assert all(one.case.number in some for one in unclear)
    assert abusive.case.number not in some
    assert abusive.case.number in unknown
    assert "Nothing is hidden on that ground" in unknown


def test_it_has_pages(client: Client, at_instant: At, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("minben.proposals.queries.hidden.PER_PAGE", 2)
    for _ in range(3):
        hidden_one()
    with at_instant(DAY0 + DAY):
        first = client.get("/en/register/hidden/").content.decode()
        second = client.get("/en/register/hidden/?page=2").content.decode()
    assert first.count('class="proposal-card"') == 2
    assert second.count('class="proposal-card"') == 1


def test_an_empty_register_says_so(client: Client) -> None:
    page = client.get("/en/register/hidden/").content.decode()
    assert 'class="empty"' in page


def test_a_withheld_text_is_shown_to_its_proposer_only(
    client: Client, citizen_client: At, at_instant: At
) -> None:
    person = make_person()
    proposal = hidden_one(person, ground="illegal_content", reason="指名道姓誹謗他人。")
    with at_instant(DAY0 + DAY):
        pages = [
            client.get("/en/register/hidden/"),
            client.get(entry(proposal)),
            citizen_client().get(entry(proposal)),
        ]
        mine = citizen_client(person).get(entry(proposal)).content.decode()
    for page in (response.content.decode() for response in pages):
        assert proposal.subject not in page
        assert proposal.content[:15] not in page
        assert "指名道姓誹謗他人。" in page
    assert "withheld" in pages[1].content.decode()
    assert proposal.subject in mine
    assert "Only you see subject and text" in mine


def test_an_entry_shows_the_text_and_whom_to_join(client: Client, at_instant: At) -> None:
    target = open_one()
    proposal = hidden_one(ground="duplicate_open", merge_into=target, at=DAY0 + timedelta(hours=2))
    with at_instant(OPEN):
        page = client.get(entry(proposal)).content.decode()
    assert proposal.content[:15] in page
    assert f'href="/en/proposals/{target.case.number}/"' in page
    assert target.subject in page
    assert "seal-print" in page
    assert "The proposer can appeal until" in page
    assert "/appeal/" not in page


def test_what_is_not_hidden_has_no_entry(client: Client, at_instant: At) -> None:
    shown, waiting = open_one(), file_one()
    with at_instant(OPEN):
        assert client.get(entry(shown))["Location"] == f"/en/proposals/{shown.case.number}/"
        assert client.get(entry(waiting)).status_code == 404
        assert client.get("/en/register/hidden/2026-999999/").status_code == 404


def test_the_feed_tells_what_happened_newest_first(client: Client, at_instant: At) -> None:
    proposal = answered_one()
    with at_instant(OPEN + 11 * DAY):
        response = client.get(f"/en/proposals/{proposal.case.number}/feed/")
    feed = ElementTree.fromstring(response.content)
    titles = [found.text for found in feed.iterfind(f"{ATOM}entry/{ATOM}title")]
    ids = [found.text for found in feed.iterfind(f"{ATOM}entry/{ATOM}id")]
    answer = titles.index("Formal response published")
    summary = feed.findall(f"{ATOM}entry")[answer].find(f"{ATOM}summary")
    assert response["Content-Type"] == "application/atom+xml"
    assert titles[:answer] == ["Satisfaction survey opened"]
    times = [found.text for found in feed.iterfind(f"{ATOM}entry/{ATOM}updated")]
    assert times == sorted(times, key=str, reverse=True)
    assert {"Check passed", "Reached the threshold", "Proposed"} <= set(titles)
    assert len(set(ids)) == len(ids)
    assert summary is not None
    assert "Partly adopted" in (summary.text or "")
    assert "<" not in (summary.text or "")


def test_what_is_not_public_has_no_feed(client: Client, at_instant: At) -> None:
    waiting, hidden = file_one(), hidden_one()
    with at_instant(DAY0 + DAY):
        assert client.get(f"/proposals/{waiting.case.number}/feed/").status_code == 404
        assert client.get(f"/proposals/{hidden.case.number}/feed/").status_code == 302
