"""The pages of closing an account: what is said, what is refused, and how it is undone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client

from minben.kernel.actor import SYSTEM, Role
from minben.notify.actions import send_due
from minben.people import jobs
from minben.people.models import AccountSession, Closing, User
from tests.factories import DAY, DAY0, file_one, make_person
from tests.web.people.conftest import PASSWORD, last_message

pytestmark = pytest.mark.django_db
URL, KEEP = "/account/close/", "/account/close/keep/"
GOOD = {"comments": "remove", "password": PASSWORD, "understood": "on"}


@pytest.fixture
def person(newcomer: Callable[..., tuple[Client, User]]) -> tuple[Client, User]:
    return newcomer()


@pytest.mark.parametrize("url", [URL, KEEP])
def test_strangers_are_asked_to_sign_in(url: str) -> None:
    assert Client().post(url)["Location"].startswith("/account/login/")


def test_the_page_says_what_goes_and_what_stays(person: tuple[Client, User]) -> None:
    page = person[0].get(URL).content.decode()
    for words in (
        "會刪除的資料",
        "會保留的資料",
        "公開帳本",
        "雜湊值",
        "/my/data.json",
        'type="password"',
    ):
        assert words in page
    assert 'value="remove"' in page
    assert page.count("checked") == 1, "comments go unless they are left"


def test_asking_and_undoing(person: tuple[Client, User], at_instant: Any) -> None:
    client, user = person
    with at_instant(DAY0):
        assert client.post(URL, GOOD)["Location"] == URL
        closing = Closing.objects.get(user=user)
        assert not closing.keep_comments
        page = client.get(URL).content.decode()
        assert "2026" in page
        assert KEEP in page
        assert 'type="password"' not in page
        assert client.post(KEEP)["Location"] == "/account/profile/"
        assert not Closing.objects.exists()
        assert "帳號已保留" in client.get("/account/profile/").content.decode()
        assert client.post(KEEP)["Location"] == URL
        assert "不需要撤銷" in client.get(URL).content.decode()


def test_a_letter_tells_it_and_leads_back(person: tuple[Client, User], at_instant: Any) -> None:
    with at_instant(DAY0):
        person[0].post(URL, {**GOOD, "comments": "keep"})
        send_due(by=SYSTEM, at=DAY0 + timedelta(minutes=1))
    assert Closing.objects.get().keep_comments
    assert "/account/close/" in last_message("mail").body
    assert "2026-03-09" in last_message("mail").subject


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"password": "not this one"}, "password"),
        ({"password": ""}, "password"),
        ({"understood": ""}, "understood"),
        ({"comments": ""}, "comments"),
        ({"comments": "sell"}, "comments"),
    ],
)
def test_nothing_is_asked_with_half_a_form(
    change: dict[str, str], field: str, person: tuple[Client, User]
) -> None:
    response = person[0].post(URL, {key: told for key, told in {**GOOD, **change}.items() if told})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    assert not Closing.objects.exists()
    assert PASSWORD not in response.content.decode()


def test_guessing_the_password_is_limited(person: tuple[Client, User]) -> None:
    client, _ = person
    answers = [client.post(URL, {**GOOD, "password": "wrong"}).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]
    assert client.post(URL, GOOD).status_code == 429, "the right one is not looked at either"
    assert not Closing.objects.exists()
    cache.clear()
    assert client.post(URL, GOOD).status_code == 302


def test_without_a_password_the_address_is_typed(citizen_client: Callable[..., Any]) -> None:
    client = citizen_client()
    told = {"comments": "remove", "understood": "on"}
    assert client.post(URL, {**told, "address": "other@example.org"}).status_code == 422
    assert client.post(URL, {**told, "address": client.user.email.upper()}).status_code == 302


def test_staff_are_told_whom_to_ask(staff_client: Callable[..., Any]) -> None:
    boss = staff_client(Role.ADMINISTRATOR)
    client = staff_client(Role.CHECKER)
    page = client.get(URL)
    assert page.status_code == 200
    assert boss.user.nickname in page.content.decode()
    assert "<button" not in page.content.decode().split("page-head")[1].split("</main>")[0]
    told = {"comments": "remove", "understood": "on", "address": client.user.email}
    assert client.post(URL, told).status_code == 409
    assert not Closing.objects.exists()


def test_a_waiting_check_is_named(citizen_client: Callable[..., Any], at_instant: Any) -> None:
    client = citizen_client()
    proposal = file_one(client.user)
    with at_instant(DAY0 + DAY):
        assert proposal.case.number in client.get(URL).content.decode()


def test_a_session_ends_with_the_account(person: tuple[Client, User], at_instant: Any) -> None:
    client, _ = person
    with at_instant(DAY0):
        client.post(URL, GOOD)
    jobs.due(DAY0 + 8 * DAY)
    assert client.get("/my/")["Location"].startswith("/account/login/")
    assert client.get("/").status_code == 200


def test_a_session_the_library_never_listed_ends_too(
    person: tuple[Client, User], at_instant: Any
) -> None:
    client, user = person
    other = Client()
    other.force_login(user)
    UserSession.objects.all().delete()
    assert user.sessions.count() == 2
    with at_instant(DAY0):
        client.post(URL, GOOD)
    jobs.due(DAY0 + 8 * DAY)
    assert not AccountSession.objects.filter(account=user).exists()
    assert other.get("/my/")["Location"].startswith("/account/login/")


def test_the_way_there_stands_on_one_s_own_pages(citizen_client: Callable[..., Any]) -> None:
    client = citizen_client(make_person())
    for url in ("/my/", "/account/profile/"):
        assert f'href="{URL}"' in client.get(url).content.decode()
    assert f'href="{URL}"' in client.get("/about/privacy/").content.decode()
