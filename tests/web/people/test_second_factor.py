"""Staff work only with a second factor; these sessions are made by the real pages."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client

from minben.kernel import clock
from minben.kernel.actor import SYSTEM, Role
from minben.people import actions
from minben.people.models import User
from tests.factories import DAY0, make_person
from tests.web.people.conftest import PASSWORD, last_message

pytestmark = pytest.mark.django_db
DESK = "/desk/counter/"
HERE = "/account/second-factor/"


@pytest.fixture
def clerk() -> User:
    user = make_person()
    user.set_password(PASSWORD)
    user.save()
    actions.grant_role(user_id=user.pk, role=Role.CLERK, agency_id=None, by=SYSTEM, at=DAY0)
    return User.objects.get(pk=user.pk)


def by_password(user: User) -> Client:
    client = Client()
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    return client


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(clock.now().timestamp()) // 30))


def set_up_app(client: Client) -> str:
    """Set up an authenticator app through the pages; returns its secret."""
    url = "/account/2fa/totp/activate/"
    again = client.get(url)
    client.post(again["Location"], {"password": PASSWORD})
    page = client.get(url).content.decode()
    secret = re.search(r'class="secret">([A-Z2-7]+)<', page).group(1)
    assert client.post(url, {"code": "000"}).status_code == 422
    done = client.post(url, {"code": code_now(secret)})
    assert done["Location"] == "/account/2fa/recovery-codes/"
    return secret


def test_a_password_alone_does_not_open_the_desk(clerk):
    client = Client()
    entry = client.post("/account/login/", {"login": clerk.email, "password": PASSWORD})
    assert entry["Location"] == "/desk/"
    response = client.get(DESK)
    assert response["Location"] == f"{HERE}?next=%2Fdesk%2Fcounter%2F"
    page = client.get(response["Location"]).content.decode()
    assert "/account/2fa/totp/activate/" in page
    assert "/account/2fa/webauthn/add/" in page


@pytest.mark.django_db(transaction=True)  # the library tells of a new factor after the commit
def test_who_has_just_set_up_an_app_goes_on_where_they_were_going(clerk):
    client = by_password(clerk)
    client.get(client.get(DESK)["Location"])
    set_up_app(client)
    codes = client.get("/account/2fa/recovery-codes/").content.decode()
    assert HERE in codes
    assert client.get(HERE)["Location"] == DESK
    assert client.get(DESK).status_code == 200
    assert last_message("mail").to == clerk.email, "the account is told"


def test_with_an_app_the_code_is_asked_for_and_opens_the_desk(clerk):
    secret = set_up_app(by_password(clerk))
    cache.clear()
    client = by_password(clerk)
    assert client.get(DESK)["Location"].startswith("/account/login/"), "not signed in yet"
    wrong = client.post("/account/2fa/authenticate/", {"code": "123"})
    assert wrong.status_code == 422
    client.post("/account/2fa/authenticate/", {"code": code_now(secret)})
    assert client.get(DESK).status_code == 200


def test_a_recovery_code_works_once(clerk):
    set_up_app(by_password(clerk))
    codes = RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes()
    client = by_password(clerk)
    client.post("/account/2fa/authenticate/", {"code": codes[0]})
    assert client.get(DESK).status_code == 200
    again = by_password(clerk)
    assert again.post("/account/2fa/authenticate/", {"code": codes[0]}).status_code == 422
    assert again.get(DESK).status_code == 302


def test_a_session_without_the_factor_can_catch_up(clerk):
    """As after a passkey on another page: signed in weakly, the factor is proved later."""
    secret = set_up_app(by_password(clerk))
    cache.clear()
    client = Client()
    client.force_login(clerk)
    page = client.get(client.get(DESK)["Location"]).content.decode()
    link = re.search(r'href="(/account/2fa/reauthenticate/\?next=[^"]+)"', page).group(1)
    assert client.get(link).status_code == 200
    done = client.post(link, {"code": code_now(secret)})
    assert done["Location"] == HERE
    assert client.get(HERE)["Location"] == DESK
    assert client.get(DESK).status_code == 200


def test_confirming_by_password_again_is_no_second_factor(clerk):
    client = by_password(clerk)
    client.post("/account/reauthenticate/?next=/desk/counter/", {"password": PASSWORD})
    assert client.get(DESK)["Location"].startswith(HERE)


@pytest.mark.django_db(transaction=True)
def test_removing_the_only_factor_ends_the_strength_of_the_session(clerk):
    client = by_password(clerk)
    set_up_app(client)
    assert client.get(DESK).status_code == 200
    url = "/account/2fa/totp/deactivate/"
    assert client.get(url).status_code == 200
    assert client.post(url).status_code == 302
    assert not Authenticator.objects.exists()
    assert client.get(DESK)["Location"].startswith(HERE)


def test_the_strength_of_one_account_is_not_lent_to_another(clerk):
    """Records of an unfinished sign-in stay in the session; they count for that account only."""
    other = make_person()
    client = Client()
    client.force_login(clerk)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0, "type": "totp"}]
    session["account_authentication_methods_user"] = str(other.pk)
    session.save()
    assert client.get(DESK)["Location"].startswith(HERE)


def test_a_passkey_opens_the_desk_at_once(clerk):
    """The library's own record of a sign-in by passkey, as its flow writes it."""
    client = Client()
    client.force_login(clerk)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "at": 0, "id": 1, "type": "webauthn", "passwordless": True}
    ]
    session["account_authentication_methods_user"] = str(clerk.pk)
    session.save()
    assert client.get(DESK).status_code == 200


def test_the_one_click_sign_in_counts_only_on_a_sandbox(clerk, settings):
    client = Client()
    client.force_login(clerk)
    session = client.session
    session["account_authentication_methods"] = [{"method": "demo", "at": 0}]
    session["account_authentication_methods_user"] = str(clerk.pk)
    session.save()
    assert client.get(DESK).status_code == 200
    settings.SANDBOX = False
    assert client.get(DESK)["Location"].startswith(HERE)


def test_guessing_codes_is_limited(clerk):
    set_up_app(by_password(clerk))
    cache.clear()
    client = by_password(clerk)
    answers = [client.post("/account/2fa/authenticate/", {"code": "1"}) for _ in range(6)]
    errors = [str(answer.context["form"].errors["code"]) for answer in answers]
    assert errors[0] != errors[5]
