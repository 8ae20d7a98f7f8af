"""Sign-up: two typed codes, and nothing that a stranger could learn from it."""

import re

import pytest
from allauth.account.internal.flows import code_verification
from allauth.core.internal import ratelimit
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.test import Client

from minben.audit.models import Event
from minben.kernel import clock
from minben.notify.models import SandboxMessage
from minben.people.forms import SignupForm
from minben.people.models import BoundNumber, User
from tests.web.people.conftest import (
    EMAIL_URL,
    PHONE_URL,
    confirm,
    last_code,
    last_message,
    sign_up,
)

pytestmark = pytest.mark.django_db


def test_both_codes_are_typed_and_the_account_is_bound(client):
    assert client.get("/account/signup/").status_code == 200
    assert sign_up(client)["Location"] == EMAIL_URL
    user = User.objects.get()
    assert (user.email, user.canonical_email) == ("new@example.org", "new@example.org")
    assert user.email_verified_at is None
    assert user.phone is None, "a claimed number binds nothing"
    assert SESSION_KEY not in client.session

    assert client.get(EMAIL_URL).status_code == 200
    assert confirm(client, EMAIL_URL, last_code("mail"))["Location"] == PHONE_URL
    user.refresh_from_db()
    assert user.email_verified_at
    assert SESSION_KEY not in client.session

    assert "0912 345 678" in client.get(PHONE_URL).content.decode()
    response = confirm(client, PHONE_URL, last_code("sms"))
    assert response["Location"] == "/account/finish/"
    user.refresh_from_db()
    assert user.phone == "+886912345678"
    assert user.confirmed_by == "mobile"
    assert client.session[SESSION_KEY] == str(user.pk)
    assert not user.is_verified, "the declaration is still missing"
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert {"people.joined", "people.email_confirmed", "people.phone_confirmed"} <= kinds


def test_the_session_key_changes_at_sign_in(client):
    sign_up(client)
    confirm(client, EMAIL_URL, last_code("mail"))
    before = client.session.session_key
    confirm(client, PHONE_URL, last_code("sms"))
    assert client.session.session_key != before


def test_without_a_mobile_one_says_so(client):
    refused = sign_up(client, phone="")
    assert refused.status_code == 422
    assert "new@example.org" in refused.content.decode(), "what was typed is kept"
    assert not User.objects.exists()
    sign_up(client, phone="", no_phone="on")
    confirm(client, EMAIL_URL, last_code("mail"))
    assert SESSION_KEY in client.session
    assert not SandboxMessage.objects.filter(channel="sms").exists()


@pytest.mark.parametrize("phone", ["02 2345 6789", "12345", "not a number", "+1 900 000 0000"])
def test_landlines_and_nonsense_are_refused_beside_the_field(client, phone):
    response = sign_up(client, phone=phone)
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"phone"}
    assert f'value="{phone}"' in response.content.decode()
    assert not User.objects.exists()


@pytest.mark.parametrize("phone", ["0912345678", "０９１２－３４５－６７８", "+886 912 345 678"])
def test_spellings_of_a_number_are_one(client, phone):
    sign_up(client, phone=phone)
    confirm(client, EMAIL_URL, last_code("mail"))
    confirm(client, PHONE_URL, last_code("sms"))
    assert User.objects.get().phone == "+886912345678"


def test_wrong_codes_are_counted_and_the_third_ends_it(client):
    sign_up(client)
    right = last_code("mail")
    wrong = "000000" if right != "000000" else "000001"
    for _ in range(2):
        response = confirm(client, EMAIL_URL, wrong)
        assert response.status_code == 422
        assert response.context["verify_form"].errors["code"]
    assert confirm(client, EMAIL_URL, wrong)["Location"] == "/account/login/"
    assert confirm(client, EMAIL_URL, right).status_code == 302, "the right one comes too late"
    assert User.objects.get().email_verified_at is None


def test_wrong_sms_codes_end_it_too_and_bind_nothing(client):
    sign_up(client)
    confirm(client, EMAIL_URL, last_code("mail"))
    right = last_code("sms")
    for _ in range(3):
        last = confirm(client, PHONE_URL, "000000" if right != "000000" else "000001")
    assert last["Location"] == "/account/login/"
    confirm(client, PHONE_URL, right)
    assert User.objects.get().phone is None
    assert SESSION_KEY not in client.session


@pytest.mark.parametrize(("url", "stage"), [(EMAIL_URL, 1), (PHONE_URL, 2)])
def test_codes_expire(client, monkeypatch, url, stage):
    sign_up(client)
    if stage == 2:
        confirm(client, EMAIL_URL, last_code("mail"))
    code = last_code("mail" if stage == 1 else "sms")
    late = _now() + 15 * 60 + 1
    monkeypatch.setattr(code_verification.time, "time", lambda: late)
    assert confirm(client, url, code)["Location"] == "/account/login/"
    user = User.objects.get()
    assert (user.email_verified_at if stage == 1 else user.phone) is None


def test_a_new_code_replaces_the_old_one(client, monkeypatch):
    sign_up(client)
    old = last_code("mail")
    too_soon = confirm(client, EMAIL_URL, "", action="resend")
    assert too_soon.status_code == 429
    _wait(monkeypatch, 21)
    assert confirm(client, EMAIL_URL, "", action="resend").status_code == 302
    new = last_code("mail")
    assert SandboxMessage.objects.filter(channel="mail").count() == 2
    if old != new:
        assert confirm(client, EMAIL_URL, old).status_code == 422
    assert confirm(client, EMAIL_URL, new)["Location"] == PHONE_URL


def test_two_new_codes_at_most(client, monkeypatch):
    sign_up(client)
    for minute in (1, 2, 3):
        _wait(monkeypatch, 60 * minute)
        confirm(client, EMAIL_URL, "", action="resend")
    assert SandboxMessage.objects.filter(channel="mail").count() == 3, "the first and two more"
    assert "resend" not in client.get(EMAIL_URL).content.decode()


def _now() -> float:
    return clock.now().timestamp()


def _wait(monkeypatch, seconds: float) -> None:
    later = _now() + seconds
    monkeypatch.setattr(ratelimit.time, "time", lambda: later)


def test_looking_at_a_page_confirms_nothing(client):
    sign_up(client)
    code = last_code("mail")
    for url in (EMAIL_URL, PHONE_URL):
        client.get(url, {"code": code, "action": "verify"})
        client.head(url)
    assert User.objects.get().email_verified_at is None
    confirm(client, EMAIL_URL, code)
    client.get(PHONE_URL, {"code": last_code("sms"), "action": "verify"})
    client.get("/account/phone/later/")
    assert User.objects.get().phone is None
    assert SESSION_KEY not in client.session


def test_forged_hidden_fields_change_nothing(client):
    sign_up(
        client,
        is_staff="1",
        is_official="1",
        email_verified_at="2026-01-01",
        confirmed_by="counter",
        joined_at="2001-01-01",
    )
    user = User.objects.get()
    assert (user.is_staff, user.is_official) == (False, False)
    assert (user.email_verified_at, user.confirmed_by) == (None, "")
    client.post(EMAIL_URL, {"code": last_code("mail"), "email": "else@example.org", "user": "1"})
    user.refresh_from_db()
    assert user.email == "new@example.org"
    client.post(PHONE_URL, {"code": last_code("sms"), "phone": "+886999999999"})
    user.refresh_from_db()
    assert user.phone == "+886912345678"


@pytest.mark.parametrize("known", ["new@example.org", "NEW@example.org", "new+tag@example.org"])
def test_a_known_address_gets_the_same_page_and_its_owner_a_mail(newcomer, known):
    _, owner = newcomer()
    stranger, fresh = Client(), Client()
    seen = sign_up(stranger, known, "0987 654 321")
    expected = sign_up(fresh, "fresh@example.org", "0987 654 322")
    assert (seen.status_code, seen["Location"]) == (expected.status_code, expected["Location"])
    page, other = (c.get(EMAIL_URL).content.decode() for c in (stranger, fresh))
    assert _plain(page, known.lower()) == _plain(other, "fresh@example.org")
    told = SandboxMessage.objects.filter(channel="mail", to=owner.email).order_by("pk").last()
    assert "/account/password/reset/" in told.body
    assert User.objects.filter(canonical_email=owner.canonical_email).count() == 1
    wrong = confirm(stranger, EMAIL_URL, "123456")
    assert wrong.status_code == confirm(fresh, EMAIL_URL, "not right").status_code == 422


def _plain(page: str, address: str) -> str:
    page = page.replace(address, "ADDRESS")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "TOKEN", page)


def test_dots_do_not_make_another_mailbox(newcomer):
    newcomer("amy.lin@gmail.com")
    response = sign_up(Client(), "a.m.y.lin+petition@googlemail.com", "0987 654 321")
    assert response["Location"] == EMAIL_URL
    assert User.objects.count() == 1
    assert last_message("mail").to == "amy.lin@gmail.com"


def test_the_owner_is_not_flooded(newcomer):
    newcomer()
    before = SandboxMessage.objects.count()
    for n in range(4):
        sign_up(Client(), f"new+{n}@example.org", "0987 654 321")
    assert SandboxMessage.objects.count() == before + 1


def test_a_known_number_is_told_to_its_owner_alone(newcomer):
    newcomer()
    stranger = Client()
    sign_up(stranger, "other@example.org")
    assert confirm(stranger, EMAIL_URL, last_code("mail"))["Location"] == PHONE_URL
    told = last_message("sms")
    assert told.to == "+886912345678"
    assert not any(sign.isdigit() for sign in told.body), "no code is sent"
    fresh = Client()
    sign_up(fresh, "fresh@example.org", "0987 654 321")
    confirm(fresh, EMAIL_URL, last_code("mail"))
    pages = [c.get(PHONE_URL).content.decode() for c in (stranger, fresh)]
    assert _plain(pages[0], "0912 345 678") == _plain(pages[1], "0987 654 321")
    assert confirm(stranger, PHONE_URL, "123456").status_code == 422
    stranger.post("/account/phone/later/")
    other = User.objects.get(email="other@example.org")
    assert stranger.session[SESSION_KEY] == str(other.pk)
    assert other.phone is None


def test_the_slower_of_two_who_prove_one_number_is_refused_kindly(newcomer):
    slow = Client()
    sign_up(slow, "slow@example.org")
    confirm(slow, EMAIL_URL, last_code("mail"))
    code = last_code("sms")
    cache.clear()  # the number's limit of one SMS in half a minute
    newcomer()
    response = confirm(slow, PHONE_URL, code)
    assert response.status_code == 422
    assert "綁定" in response.content.decode() or "bound" in response.content.decode()
    assert BoundNumber.objects.get().user.email == "new@example.org"


def test_a_double_press_opens_one_account(client, monkeypatch):
    """Both requests passed the form before either had stored the account."""
    sign_up(Client(), "new@example.org", "0987 654 321")
    cache.clear()
    monkeypatch.setattr(SignupForm, "validate_unique_email", lambda self, value: value)
    assert sign_up(client)["Location"] == EMAIL_URL
    assert User.objects.count() == 1
    assert confirm(client, EMAIL_URL, last_code("mail"))["Location"] == PHONE_URL


def test_who_begins_again_with_the_same_password_goes_on(client):
    sign_up(Client())
    cache.clear()
    assert sign_up(client, phone="0987 654 321")["Location"] == EMAIL_URL
    confirm(client, EMAIL_URL, last_code("mail"))
    assert confirm(client, PHONE_URL, last_code("sms"))["Location"] == "/account/finish/"
    assert User.objects.get().phone == "+886987654321"


def test_who_begins_again_with_another_password_gets_no_code(client):
    sign_up(Client())
    cache.clear()
    other = "another sentence 41"
    assert sign_up(client, password1=other, password2=other)["Location"] == EMAIL_URL
    assert "/account/login/" in last_message("mail").body


def test_leaving_the_number_for_later(client):
    sign_up(client)
    confirm(client, EMAIL_URL, last_code("mail"))
    assert client.post("/account/phone/later/")["Location"] == "/account/finish/"
    assert SESSION_KEY in client.session
    page = client.get("/account/finish/").content.decode()
    assert "/account/phone/change/" in page


def test_sign_up_is_limited_by_network_address(client):
    statuses = [sign_up(Client(), "no address").status_code for _ in range(11)]
    assert statuses[:10] == [422] * 10
    assert statuses[10] == 429


@pytest.mark.parametrize("password", ["short", "12345678901234", "new@example.org"])
def test_weak_passwords_are_refused_beside_the_field(client, password):
    response = sign_up(client, password1=password, password2=password)
    assert response.status_code == 422
    assert "password1" in response.context["form"].errors
    assert not User.objects.exists()


def test_english_pages_send_english_codes(client):
    data = {"email": "e@example.org", "phone": "0912345678"}
    word = "a long sentence 73"
    response = client.post("/en/account/signup/", {**data, "password1": word, "password2": word})
    assert response["Location"] == "/en/account/confirm-email/"
    assert "Your code" in last_message("mail").subject
    assert User.objects.get().language == "en"
