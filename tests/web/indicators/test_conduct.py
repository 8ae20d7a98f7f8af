"""The page of the platform's own conduct: every measure, a month, what is withheld, bad addresses."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from minben.base.measuring import measures
from minben.indicators import jobs
from tests.factories import (
    DAY,
    DAY0,
    accept_one,
    actor,
    endorse,
    file_one,
    make_agency,
    make_person,
)

pytestmark = pytest.mark.django_db
PAGE = "/en/indicators/conduct/"
MAY = datetime(2026, 5, 2, tzinfo=UTC)


@pytest.fixture
def taken() -> None:
    """March: six endorsements of Taipei, one proposal; April: nothing."""
    one = accept_one(file_one(agencies=(make_agency(),)))
    for _ in range(6):
        endorse(proposal_id=one.pk, by=actor(make_person()), at=DAY0 + 2 * DAY)
    assert jobs.due(MAY)["conduct_months"] == 2


def body(client: Client, query: str = "", status: int = 200) -> str:
    answer = client.get(f"{PAGE}{query}")
    assert answer.status_code == status
    return answer.content.decode()


def test_before_a_month_is_over_the_page_says_so(client: Client) -> None:
    page = body(client)
    assert "No month is over yet" in page
    assert "<table" not in page


def test_a_month_with_its_map_and_its_table(client: Client, taken: None) -> None:
    page = body(client, "?measure=endorsements&period=2026-03")
    assert re.search(r"Taipei City</th><td class=\"num-cell\">6</td>", page)
    assert page.count("</th><td") >= 22 + len(measures())
    assert "<svg" in page
    assert "minben.proposals" in page
    assert "/en/indicators/list/conduct.endorsements/" in page
    chinese = client.get("/indicators/conduct/?measure=endorsements&period=2026-03")
    assert "臺北市" in chinese.content.decode()


def test_few_people_are_withheld_and_the_page_says_so(client: Client, taken: None) -> None:
    page = body(client, "?measure=proposals-filed&period=2026-03")
    assert re.search(r"Taipei City</th><td class=\"num-cell\"><span[^>]*>withheld", page)
    assert "22 counties are withheld." in page


def test_a_month_without_anything(client: Client, taken: None) -> None:
    page = body(client, "?measure=endorsements&period=2026-04")
    assert "Nothing came from any county in this month." in page
    page = body(client, "?measure=answers-in-time&period=2026-04")
    assert "Nothing was to be counted of any agency in this month." in page
    assert body(client).count("2026-04") > 3  # the newest month is shown unasked


@pytest.mark.parametrize("code", [one.code for one in measures()])
def test_every_measure_can_be_shown(client: Client, taken: None, code: str) -> None:
    page = body(client, f"?measure={code}&period=2026-03")
    assert "measure-title" in page


@pytest.mark.parametrize("query", ["?measure=nothing", "?period=2026-07"])
def test_bad_addresses_are_told_and_the_page_stays(client: Client, taken: None, query: str) -> None:
    page = body(client, query, 404)
    assert "There are no figures for" in page
    assert "all-title" in page


def test_it_only_shows(client: Client, taken: None) -> None:
    assert client.post(PAGE).status_code == 405
