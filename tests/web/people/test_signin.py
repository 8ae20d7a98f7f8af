"""Signing in, forgotten passwords, and limits that tell a guesser nothing."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client

from minben.base.refusals import sentence
from minben.config import settings as platform
from minben.kernel.refusal import Refusal
from minben.notify import channels
from minben.notify.models import SandboxMessage
from minben.people.account_messages import ACCOUNT
from minben.people.models import User
from tests.factories import make_person
from tests.web.people.conftest import (
    EMAIL_URL,
    PASSWORD,
    PHONE_URL,
    confirm,
    last_code,
    last_message,
    sign_up,
)

pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"
RESET = "/account/password/reset/"
NEW = "another long sentence 8"


def log_in(login: str, password: str = PASSWORD, client: Client | None = None):
    return (client or Client()).post(LOGIN, {"login": login, "password": password})


@pytest.mark.parametrize("login", ["new@example.org", "NEW@example.org ", "0912-345-678"])
def test_by_address_or_number(newcomer, login):
    newcomer()
    client = Client()
    assert log_in(login, client=client)["Location"] == "/account/finish/"
    assert SESSION_KEY in client.session


def test_finished_accounts_land_on_their_own_page(newcomer):
    client = Client()
    user = make_person()
    user.set_password(PASSWORD)
    user.save()
    assert log_in(user.email, client=client)["Location"] == "/my/"


def test_the_page_somebody_wanted_comes_next(newcomer):
    newcomer()
    client = Client()
    response = client.post(
        LOGIN, {"login": "new@example.org", "password": PASSWORD, "next": "/proposals/"}
    )
    assert response["Location"] == "/proposals/"
    other = Client().post(
        LOGIN, {"login": "new@example.org", "password": PASSWORD, "next": "https://evil.example/"}
    )
    assert other["Location"] == "/account/finish/"


@pytest.mark.parametrize("login", ["new@example.org", "nobody@example.org", "0912345678", "0987654321", "word"])  # fmt: skip
def test_a_wrong_password_says_the_same_to_everyone(newcomer, login):
    newcomer()
    response = log_in(login, "not the password")
    assert response.status_code == 422
    errors = response.context["form"].non_field_errors()
    assert [str(e) for e in errors] == [str(ACCOUNT["email_password_mismatch"])]
    assert f'value="{login}"' in response.content.decode(), "what was typed is kept"


@pytest.mark.parametrize(("known", "unknown"), [("new@example.org", "nobody@example.org"), ("0912345678", "0987654321")])  # fmt: skip
def test_guessing_is_limited_for_known_and_unknown_alike(newcomer, known, unknown):
    newcomer()
    seen = {}
    for login in (unknown, known):
        cache.clear()  # or the limit by network address would speak first
        answers = [log_in(login, f"guess number {n}") for n in range(6)]
        seen[login] = [(a.status_code, str(a.context["form"].non_field_errors())) for a in answers]
    assert seen[known] == seen[unknown]
    assert seen[known][0] != seen[known][5], "the sixth is told to wait"
    blocked = log_in(known)
    assert blocked.status_code == 422, "not even the right password, for a while"


def test_failed_numbers_do_not_lock_out_other_numbers(newcomer):
    newcomer()
    for n in range(6):
        log_in("0987654321", f"guess number {n}")
    client = Client()
    log_in("0912345678", client=client)
    assert SESSION_KEY in client.session


def test_an_unconfirmed_address_gets_a_new_code_at_sign_in(client):
    sign_up(Client())
    cache.clear()
    assert log_in("new@example.org", client=client)["Location"] == EMAIL_URL
    response = confirm(client, EMAIL_URL, last_code("mail"))
    assert response["Location"] == "/account/finish/", "the number is asked for there"
    assert SESSION_KEY in client.session


def test_a_password_is_replaced_by_a_typed_code(newcomer):
    _, user = newcomer()
    client = Client()
    assert client.post(RESET, {"email": user.email})["Location"] == f"{RESET}confirm/"
    code = last_code("mail")
    client.get(f"{RESET}confirm/", {"code": code})
    assert client.get(f"{RESET}complete/")["Location"] == f"{RESET}confirm/"
    assert confirm(client, f"{RESET}confirm/", code)["Location"] == f"{RESET}complete/"
    assert client.get(f"{RESET}complete/").status_code == 200
    bad = client.post(f"{RESET}complete/", {"password1": NEW, "password2": "different"})
    assert bad.status_code == 422
    done = client.post(f"{RESET}complete/", {"password1": NEW, "password2": NEW})
    assert done["Location"] == f"{RESET}done/"
    assert client.get(f"{RESET}done/").status_code == 200
    assert log_in(user.email, NEW).status_code == 302
    assert log_in(user.email, PASSWORD).status_code == 422
    assert "密碼" in last_message("mail").subject or "password" in last_message("mail").subject


def test_an_unknown_address_sees_the_same_reset_page_and_gets_a_mail(newcomer):
    newcomer()
    answers = []
    for address in ("new@example.org", "nobody@example.org"):
        client = Client()
        answers.append(client.post(RESET, {"email": address})["Location"])
        page = client.get(answers[-1]).content.decode()
        answers.append(page.count(address))
        assert confirm(client, f"{RESET}confirm/", "123456").status_code == 422
    assert answers[:2] == answers[2:]
    told = SandboxMessage.objects.get(to="nobody@example.org")
    assert "/account/signup/" in told.body


def test_the_reset_code_expires_and_is_counted(newcomer, monkeypatch):
    _, user = newcomer()
    client = Client()
    client.post(RESET, {"email": user.email})
    code = last_code("mail")
    for _ in range(3):
        last = confirm(client, f"{RESET}confirm/", "000000" if code != "000000" else "000001")
    assert last["Location"] == LOGIN
    assert confirm(client, f"{RESET}confirm/", code)["Location"] == LOGIN


def test_reset_mails_are_limited(newcomer):
    newcomer()
    answers = [Client().post(RESET, {"email": "new@example.org"}).status_code for _ in range(4)]
    assert answers == [302, 302, 302, 429]


def test_signing_out_needs_a_press(newcomer):
    client, _ = newcomer()
    assert client.get("/account/logout/").status_code == 200
    assert SESSION_KEY in client.session
    client.post("/account/logout/")
    assert SESSION_KEY not in client.session


def test_other_devices_can_be_signed_out(newcomer):
    first, user = newcomer()
    second = Client()
    log_in(user.email, client=second)
    assert "127.0.0.1" in second.get("/account/sessions/").content.decode()
    second.post("/account/sessions/")
    assert first.get("/account/profile/")["Location"].startswith(LOGIN)
    assert second.get("/account/profile/").status_code == 200


def test_an_sms_that_cannot_be_sent_is_told_kindly(client, monkeypatch):
    def broken(to: str, text: str) -> None:
        raise OSError("no route")

    monkeypatch.setattr(channels, "send_sms", broken)
    sign_up(client)
    response = confirm(client, EMAIL_URL, last_code("mail"))
    assert response.status_code == 503
    assert "Traceback" not in response.content.decode()
    assert sentence(Refusal("sms_not_sent")) in response.content.decode()
    assert User.objects.get().email_verified_at, "what was proved stays proved"


def test_a_mail_that_cannot_be_sent_is_told_kindly(client, settings):
    settings.EMAIL_BACKEND = "tests.web.people.test_signin.Broken"
    response = sign_up(client)
    assert response.status_code == 503
    assert sentence(Refusal("mail_not_sent")) in response.content.decode()


class Broken(BaseEmailBackend):
    """A mail server that is away."""

    def send_messages(self, email_messages: object) -> int:
        raise ConnectionRefusedError("mail server away")


def test_changing_the_address_waits_for_the_code(newcomer):
    client, user = newcomer()
    response = client.post("/account/email/", {"email": "next@example.org", "action_add": "1"})
    assert response["Location"] == EMAIL_URL
    user.refresh_from_db()
    assert user.email == "new@example.org"
    assert last_message("mail").to == "next@example.org"
    client.get(EMAIL_URL, {"code": last_code("mail")})
    confirm(client, EMAIL_URL, last_code("mail"))
    user.refresh_from_db()
    assert (user.email, user.canonical_email) == ("next@example.org", "next@example.org")
    told = SandboxMessage.objects.filter(to="new@example.org").order_by("pk").last()
    assert "next@example.org" in told.body, "the old address learns of it"
    assert log_in("next@example.org").status_code == 302


def test_a_mailbox_of_another_account_is_not_taken_over(newcomer):
    newcomer("amy.lin@gmail.com", "0987654321")
    client, user = newcomer()
    sent = client.post("/account/email/", {"email": "amylin+x@gmail.com", "action_add": "1"})
    assert sent["Location"] == EMAIL_URL, "nothing is given away"
    response = confirm(client, EMAIL_URL, last_code("mail"))
    assert response.status_code == 422
    user.refresh_from_db()
    assert user.email == "new@example.org"


def test_changing_the_number_waits_for_the_code(newcomer):
    client, user = newcomer()
    assert client.post("/account/phone/change/", {"phone": "02 2345 6789"}).status_code == 422
    assert client.post("/account/phone/change/", {"phone": "0912345678"}).status_code == 422
    client.post("/account/phone/change/", {"phone": "0987 654 321"})
    user.refresh_from_db()
    assert user.phone == "+886912345678"
    client.get(PHONE_URL, {"code": last_code("sms")})
    confirm(client, PHONE_URL, last_code("sms"))
    user.refresh_from_db()
    assert user.phone == "+886987654321"
    assert user.confirmed_by == "mobile"


def test_a_finished_account_asks_for_the_password_before_it_changes(newcomer):
    client, user = newcomer()
    _declare(client)
    user.refresh_from_db()
    assert user.is_verified
    answer = client.post("/account/phone/change/", {"phone": "0987654321"})
    assert answer["Location"].startswith("/account/reauthenticate/")
    assert client.get(answer["Location"]).status_code == 200
    wrong = client.post(answer["Location"], {"password": "not this one"})
    assert wrong.status_code == 422
    resumed = client.post(answer["Location"], {"password": PASSWORD})
    assert resumed["Location"] == PHONE_URL
    confirm(client, PHONE_URL, last_code("sms"))
    user.refresh_from_db()
    assert user.phone == "+886987654321"


def _declare(client: Client) -> None:
    data = {
        "nickname": "小明",
        "county": "臺北市",
        "township": "臺北市/中正區",
        "residency": "national",
    }
    assert client.post("/account/finish/", data).status_code == 302


def test_a_number_that_confirmed_one_account_confirms_no_other(newcomer):
    first, _ = newcomer()
    first.post("/account/phone/change/", {"phone": "0987654321"})
    confirm(first, PHONE_URL, last_code("sms"))
    cache.clear()
    second = Client()
    sign_up(second, "second@example.org", "0912345678")
    confirm(second, EMAIL_URL, last_code("mail"))
    assert not any(sign.isdigit() for sign in last_message("sms").body)
    assert not User.objects.get(email="second@example.org").confirmed_at


def test_changing_the_password(newcomer):
    client, user = newcomer()
    url = "/account/password/change/"
    wrong = {"oldpassword": "not this one", "password1": NEW, "password2": NEW}
    assert client.post(url, wrong).status_code == 422
    assert client.post(url, {**wrong, "oldpassword": PASSWORD}).status_code == 302
    assert client.get("/account/profile/").status_code == 200, "this device stays signed in"
    assert log_in(user.email, NEW).status_code == 302


def test_passwords_are_stored_with_argon2(client, settings):
    settings.PASSWORD_HASHERS = platform.PASSWORD_HASHERS
    sign_up(client)
    assert User.objects.get().password.startswith("argon2$")
