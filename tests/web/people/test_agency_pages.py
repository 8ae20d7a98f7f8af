"""The public pages of the list of agencies."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from minben.base import hot_pages
from minben.kernel.actor import SYSTEM, Role
from minben.people import actions
from minben.people import queries as people
from minben.people.models import Agency
from tests.factories import DAY0, make_agency, make_staff

pytestmark = pytest.mark.django_db
At = Callable[..., Any]


@pytest.fixture(autouse=True)
def _agencies() -> None:
    make_agency("行政院農業委員會", "coa")
    make_agency("農業部", "moa")
    make_agency("農業部林業署", "fanca")
    actions.change_agency(code="fanca", changes={"parent": "moa"}, by=SYSTEM, at=DAY0)
    actions.end_agency(code="coa", on=date(2023, 8, 1), successor_code="moa", by=SYSTEM, at=DAY0)


def test_the_tree_shows_who_is_below_whom_and_who_succeeded(
    client: Client, at_instant: At, django_assert_max_num_queries: Any
) -> None:
    with at_instant(DAY0), django_assert_max_num_queries(6):
        html = client.get("/agencies/").content.decode()
    assert html.index("農業部</a>") < html.index("農業部林業署</a>")
    below = html.split("農業部</a>", 1)[1].split("農業部林業署", 1)[0]
    assert "<ul>" in below
    assert "→ 農業部" in html.split("行政院農業委員會</a>", 1)[1].split("</li>", 1)[0]


def test_one_that_ended_says_so_and_names_its_successor(client: Client, at_instant: At) -> None:
    with at_instant(DAY0):
        html = client.get("/agencies/coa/").content.decode()
        assert "已裁撤或改制" in html
        assert 'href="/agencies/moa/"' in html
        assert "已裁撤或改制" not in client.get("/agencies/moa/").content.decode()
        assert 'href="/clock/?agency=coa"' in html
        told = client.get("/api/v1/agencies/coa").json()
    assert (told["successor"], told["valid_until"]) == ("moa", "2023-08-01")


@pytest.mark.parametrize("code", ["nobody", "NOBODY", "x" * 80])
def test_an_unknown_code_is_not_found_and_names_the_rule(client: Client, code: str) -> None:
    assert client.get(f"/agencies/{code}/").status_code == 404
    answer = client.get(f"/api/v1/agencies/{code}")
    assert answer.status_code == 404
    assert answer.json()["code"] == "agency_code_unknown"
    assert "組織" in str(answer.json())


def test_a_participation_officer_is_told_of_without_a_name(client: Client, at_instant: At) -> None:
    with at_instant(DAY0):
        before = client.get("/agencies/moa/").content.decode()
        assert "尚未指定" in before
        assert not client.get("/api/v1/agencies/moa").json()["participation_officer"]
        staff = make_staff(Role.PARTICIPATION, Agency.objects.get(code="moa"))
        user = people.user_of(staff)
        hot_pages.forget_all()
        after = client.get("/agencies/moa/")
        told = client.get("/api/v1/agencies/moa")
    assert "已指定" in after.content.decode()
    assert told.json()["participation_officer"] is True
    for answer in (after, told):
        assert user.nickname not in answer.content.decode()
        assert user.email not in answer.content.decode()
