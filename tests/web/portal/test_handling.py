"""The public page of a case's handling: only of what is public, and what it says before anything is."""

import pytest
from django.test import Client

from minben.base import sections
from minben.base.sections import Reader, Section
from minben.casework.about import about_one
from minben.kernel.actor import Role
from tests.factories import accept_one, file_one, make_agency, make_staff
from tests.web.desk.conftest import hide_one, now, queries_of, reach_one
from tests.web.desk.test_case import own_case

__all__ = ("now",)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def url(number: str) -> str:
    return f"/en/cases/{number}/"


def test_a_public_proposal_has_one_that_says_what_comes_next(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sections, "_sections", {})
    proposal = accept_one(file_one())
    answer = client.get(url(proposal.case.number))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert proposal.subject in page
    assert "Nothing has been published yet" in page
    assert "When the proposal reaches its threshold" in page
    assert f'href="/en/proposals/{proposal.case.number}/"' in page


def test_the_page_of_the_proposal_leads_there(client: Client) -> None:
    proposal = accept_one(file_one())
    page = client.get(f"/en/proposals/{proposal.case.number}/").content.decode()
    assert f'href="{url(proposal.case.number)}"' in page


def test_what_is_not_public_does_not_exist_there(client: Client) -> None:
    checking, hidden = file_one(), hide_one(file_one(), make_staff(Role.CHECKER))
    for number in (checking.case.number, hidden.case.number, "2026-999999", "x"):
        answer = client.get(url(number))
        assert answer.status_code == 404
        assert checking.subject not in answer.content.decode()


def test_a_case_of_an_agency_has_its_home_there(client: Client) -> None:
    agency = make_agency()
    case = own_case(agency)
    page = client.get("/en" + about_one(case.pk).path).content.decode()
    assert case.subject in page
    assert "Brought by" in page
    assert f'href="/en/agencies/{agency.code}/"' in page
    assert "2 March 2026" in page
    assert "An agency brings this matter" in page


def test_sections_for_everybody_stand_there(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposal = reach_one(make_agency())
    monkeypatch.setattr(sections, "_sections", {})
    sections.register(
        Section(
            "plan", "The plan", 1, Reader.PUBLIC, "c/empty.html", lambda seen: {"title": "Soon"}
        ),
        Section(
            "inner", "For staff", 1, Reader.STAFF, "c/empty.html", lambda seen: {"title": "No"}
        ),
    )
    page = client.get(url(proposal.case.number)).content.decode()
    assert '<h2 id="plan"' in page
    assert "Soon" in page
    assert "For staff" not in page
    assert "Nothing has been published yet" not in page


def test_it_asks_little(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sections, "_sections", {})
    proposal = reach_one(make_agency())
    client.get(url(proposal.case.number))
    assert queries_of(lambda: client.get(url(proposal.case.number))) <= 5
