"""Stopping letters about one case: two clicks, one click of a mail program, none of a scanner."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from minben.kernel.actor import SYSTEM
from minben.notify import actions, personal
from minben.notify.models import Mute, Notice
from minben.notify.stopping import stop_of, stop_token
from minben.people.models import User
from tests.factories import DAY0, actor, make_person
from tests.web.conftest import sign_in

pytestmark = pytest.mark.django_db
KIND = "people.counter_confirmed"
PAGE = "/account/notices/"


def tell(user: User, case_id: int | None = 7, fact: str = "counter:1") -> None:
    actions.enqueue(
        KIND,
        fact=fact,
        recipient=f"person:{user.pk}",
        address=user.email,
        language="en",
        context={"counter": "x", "number": "2026-000007"},
        by=SYSTEM,
        at=DAY0,
        case_id=case_id,
    )


def send() -> int:
    return actions.send_due(by=SYSTEM, at=DAY0)


@pytest.fixture
def user() -> User:
    return make_person()


@pytest.fixture
def link(user: User, settings: Any) -> str:
    """The address in the letter, as its reader's mail program sees it; the letter is sent."""
    tell(user)
    assert send() == 1
    header = mail.outbox[-1].extra_headers["List-Unsubscribe"]
    assert header[1:-1] in mail.outbox[-1].body
    assert header.startswith(f"<{settings.SITE_URL}/en/notices/stop/")
    return header[1:-1].removeprefix(settings.SITE_URL)


@pytest.fixture
def strict() -> Client:
    """A browser or mail program without cookies, held to the rules against forged forms."""
    return Client(enforce_csrf_checks=True)


def muted(user: User) -> bool:
    return Mute.objects.filter(recipient=f"person:{user.pk}", case_id=7).exists()


def test_a_scanner_that_opens_every_link_stops_nothing(
    user: User, link: str, strict: Client
) -> None:
    page = strict.get(link)
    assert (page.status_code, muted(user)) == (200, False)
    assert "2026-000007" in page.content.decode()
    tell(user, fact="counter:2")
    assert send() == 1


def test_one_click_of_a_mail_program_stops_it(user: User, link: str, strict: Client) -> None:
    headers = mail.outbox[-1].extra_headers
    field, _, value = headers["List-Unsubscribe-Post"].partition("=")
    answer = strict.post(link, {field: value})
    assert (answer.status_code, muted(user)) == (200, True)
    strict.post(link, {field: value})  # a second time changes nothing
    assert Mute.objects.count() == 1


def test_two_clicks_stop_one_case_and_the_rest_arrives(
    user: User, link: str, strict: Client
) -> None:
    tell(user, fact="counter:2")  # waits already
    button = re.search(r'name="act" value="(\w+)"', strict.get(link).content.decode())
    assert button
    strict.post(link, {"act": button[1]})
    tell(user, case_id=8, fact="counter:3")
    tell(user, case_id=None, fact="counter:4")
    other = make_person()
    tell(other, fact="counter:5")
    assert send() == 3
    dropped = Notice.objects.get(dropped_at__isnull=False)
    assert (dropped.key.split("|")[1], dropped.last_error) == ("counter:2", "stopped by its reader")


def test_it_can_be_taken_back_on_the_same_page(user: User, link: str, strict: Client) -> None:
    strict.post(link, {"act": "stop"})
    assert 'value="resume"' in strict.get(link).content.decode()
    strict.post(link, {"act": "resume"})
    tell(user, fact="counter:2")
    assert (muted(user), send()) == (False, 1)


@pytest.mark.parametrize(
    "token",
    ["x", "a:b:c", stop_token("person:1", 7, "n")[:-1] + "!"],
    ids=["short", "three parts", "another end"],  # the last one is different each time
)
def test_a_link_that_is_not_ours_is_no_page(token: str, strict: Client) -> None:
    assert strict.get(f"/notices/stop/{token}/").status_code == 404
    assert strict.post(f"/notices/stop/{token}/").status_code == 404
    assert not Mute.objects.exists()


def test_a_token_says_whose_and_which_and_nothing_else_is_one(settings: Any) -> None:
    token = stop_token("person:1", 7, "2026-000007")
    found = stop_of(token)
    assert found
    assert (found.recipient, found.case_id, found.number) == ("person:1", 7, "2026-000007")
    settings.SECRET_KEY = "another"
    assert stop_of(token) is None


def test_what_is_not_about_a_case_cannot_be_stopped(user: User) -> None:
    tell(user, case_id=None)
    send()
    assert "List-Unsubscribe" not in mail.outbox[-1].extra_headers
    assert "/notices/stop/" not in mail.outbox[-1].body


def test_one_s_own_page_lists_them_and_takes_them_back(user: User, link: str) -> None:
    mine = sign_in(user, actor(user), strong=False)
    assert "2026-000007" not in mine.get(PAGE).content.decode()
    Client().post(link, {"act": "stop"})
    assert "2026-000007" in mine.get(PAGE).content.decode()
    stranger = make_person()
    sign_in(stranger, actor(stranger), strong=False).post(PAGE, {"case": "7"})
    mine.post(PAGE, {"case": "²"})
    assert muted(user)
    assert mine.post(PAGE, {"case": "7"})["Location"] == PAGE
    assert not muted(user)


def test_strangers_are_asked_to_sign_in(client: Client) -> None:
    assert client.get(PAGE)["Location"].startswith("/account/login/")


def test_it_stands_in_one_s_data_and_goes_with_the_account(user: User, link: str) -> None:
    Client().post(link, {"act": "stop"})
    held = personal.held_about(f"person:{user.pk}")
    assert [one["number"] for one in held["stopped_cases"]] == ["2026-000007"]
    actions.forget_person(recipient=f"person:{user.pk}", addresses=[], by=SYSTEM, at=DAY0)
    assert not Mute.objects.exists()
