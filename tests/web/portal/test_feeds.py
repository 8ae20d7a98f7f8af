"""Feeds: valid Atom, newest first, narrowed like the list, and linked from the pages."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from tests.factories import DAY
from tests.many import make_many
from tests.web.proposals.stages import OPEN, hidden_one, open_one

pytestmark = pytest.mark.django_db
At = Callable[..., Any]
ATOM = "{http://www.w3.org/2005/Atom}"
LATER = OPEN + 60 * DAY


def entries(client: Client, at_instant: At, path: str) -> list[ElementTree.Element]:
    with at_instant(LATER):
        response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(response.content)
    assert root.tag == f"{ATOM}feed"
    return root.findall(f"{ATOM}entry")


def links(found: list[ElementTree.Element]) -> list[str]:
    return [str(one.find(f"{ATOM}link").get("href")) for one in found]  # type: ignore[union-attr]


@pytest.mark.parametrize(("kind", "n"), [("new", 12), ("reached", 6), ("answered", 3)])
def test_each_feed_holds_its_own_newest_first(
    client: Client, at_instant: At, kind: str, n: int
) -> None:
    make_many(12)
    hidden_one()
    found = entries(client, at_instant, f"/en/feeds/{kind}/")
    assert len(found) == n
    times = [datetime.fromisoformat(str(one.findtext(f"{ATOM}updated"))) for one in found]
    assert times == sorted(times, reverse=True)
    assert all(link.startswith("http://testserver/en/proposals/2026-") for link in links(found))


def test_a_feed_of_any_list(client: Client, at_instant: At) -> None:
    make_many(12)
    one = open_one()
    assert len(entries(client, at_instant, "/feeds/new/?topic=health")) == 6
    found = entries(client, at_instant, "/feeds/new/?q=庇護島&county=臺北市")
    assert f"http://testserver/proposals/{one.case.number}/" in links(found)
    assert entries(client, at_instant, "/feeds/new/?q=火星移民") == []


def test_an_entry_tells_where_the_proposal_stands(client: Client, at_instant: At) -> None:
    make_many(4)
    summary = entries(client, at_instant, "/en/feeds/answered/")[0].findtext(f"{ATOM}summary")
    assert summary is not None
    assert "/ 5,000" in summary
    assert "Adopted" in summary


@pytest.mark.parametrize("query", ["?page=abc", "?stage=zzz", "?q=" + "長" * 5000, "?sort=match"])
def test_odd_addresses_never_break(client: Client, at_instant: At, query: str) -> None:
    entries(client, at_instant, f"/feeds/new/{query}")


def test_unknown_feeds_are_not_found(client: Client) -> None:
    assert client.get("/feeds/nonsense/").status_code == 404


def test_control_characters_in_a_subject_do_not_break_a_feed(
    client: Client, at_instant: At
) -> None:
    one = make_many(1)[0]
    one.subject = "請改善\x0b\x1f路口 & <號誌>"
    one.save(update_fields=["subject"])
    assert len(entries(client, at_instant, "/feeds/new/")) == 1


def test_pages_link_their_feeds(client: Client) -> None:
    assert client.get("/").content.decode().count('type="application/atom+xml"') == 3
    html = client.get("/proposals/?topic=health").content.decode()
    assert 'type="application/atom+xml"' in html
    assert "/feeds/new/?topic=health" in html
