"""Concept sheets: written by the host, published together, printed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from minben.kernel.actor import Role
from minben.meetings.models import Meeting
from minben.proceedings.models import Concept
from tests.factories import DAY0, make_agency
from tests.held import a_meeting
from tests.web.conftest import SignedIn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_day0")]
SENT = {
    "group": "2", "title": "網頁版 <b>報稅</b>", "problem": "只能用 Windows", "idea": "改為網頁",
    "who": "", "first_step": "先做原型", "open_questions": "", "revision": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _on_day0(at_instant: Callable[..., Any]) -> Any:
    with at_instant(DAY0):
        yield


@pytest.fixture
def meeting() -> Meeting:
    return a_meeting()


@pytest.fixture
def desk(staff_client: Callable[..., SignedIn]) -> SignedIn:
    return staff_client(Role.PARTICIPATION, make_agency())


def test_from_a_table_to_the_public(desk: SignedIn, client: Client, meeting: Meeting) -> None:
    base, page = (
        f"/en/desk/meetings/{meeting.number}/concepts/",
        (f"/en/meetings/{meeting.number}/concepts/"),
    )
    assert "No group has written anything yet" in desk.get(base).content.decode()
    assert desk.post(base, SENT).status_code == 302
    made = Concept.objects.get()
    assert client.get(page).status_code == 404
    assert (
        desk.post(f"{base}{made.pk}/", SENT | {"revision": "1", "who": "財政部"}).status_code == 302
    )
    old = desk.post(f"{base}{made.pk}/", SENT | {"revision": "1", "idea": "別的視窗"})
    assert old.status_code == 409
    assert "別的視窗" in old.content.decode()
    assert desk.post(f"{base}publish/").status_code == 302
    shown = client.get(page).content.decode()
    assert "網頁版 &lt;b&gt;報稅&lt;/b&gt;" in shown
    assert "財政部" in shown
    assert "Group 2" in shown
    late = desk.post(f"{base}{made.pk}/", SENT | {"revision": "2"})
    assert late.status_code == 409
    assert desk.post(f"{base}{made.pk}/", {"act": "remove"}).status_code == 409
    assert Concept.objects.get().who == "財政部"


def test_what_is_missing_comes_back_beside_its_field(desk: SignedIn, meeting: Meeting) -> None:
    base = f"/en/desk/meetings/{meeting.number}/concepts/"
    refused = desk.post(base, SENT | {"problem": ""})
    assert refused.status_code == 422
    assert "先做原型" in refused.content.decode()
    assert desk.post(base, SENT | {"group": "21"}).status_code == 422
    assert desk.post(base, SENT | {"title": "長" * 61}).status_code == 422
    assert not Concept.objects.exists()


def test_drafts_can_be_taken_away_and_others_may_not(
    desk: SignedIn, staff_client: Callable[..., SignedIn], meeting: Meeting
) -> None:
    base = f"/desk/meetings/{meeting.number}/concepts/"
    desk.post(base, SENT)
    made = Concept.objects.get()
    other = staff_client(Role.OFFICER, make_agency("交通部", "motc"))
    for path in (base, f"{base}{made.pk}/"):
        assert other.get(path).status_code == 403
        assert other.post(path, SENT).status_code == 403
    assert other.post(f"{base}publish/").status_code == 403
    assert desk.post(f"{base}{made.pk}/", {"act": "remove"}).status_code == 302
    assert not Concept.objects.exists()
