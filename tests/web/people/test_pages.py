"""Every page of the sign-in library stands in our frame, in both languages, without scripts."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.web.people.conftest import EMAIL_URL, PHONE_URL, confirm, last_code, sign_up
from tests.web.people.test_second_factor import by_password, clerk, set_up_app  # noqa: F401

pytestmark = pytest.mark.django_db
OPEN = ("login/", "signup/", "password/reset/", "inactive/")
OWN = (
    "logout/",
    "email/",
    "phone/change/",
    "password/change/",
    "reauthenticate/",
    "sessions/",
    "profile/",
    "finish/",
    "second-factor/",
    "2fa/",
    "2fa/totp/activate/",
    "2fa/webauthn/",
    "2fa/webauthn/add/",
)
WITH_APP = (
    "2fa/",
    "2fa/totp/deactivate/",
    "2fa/recovery-codes/",
    "2fa/recovery-codes/generate/",
    "2fa/reauthenticate/",
    "2fa/webauthn/1/edit/",
    "2fa/webauthn/1/remove/",
)


def check(page: str, language: str) -> None:
    assert '<main id="main"' in page, "our frame"
    assert f'lang="{"en" if language else "zh-Hant-TW"}"' in page
    assert len(re.findall(r"<h1\b", page)) == 1
    title = re.search(r"<title>(.*?)</title>", page, re.S).group(1)
    assert title.strip()[:1] not in ("", "–"), "the page has a name"
    assert " style=" not in page
    assert not re.search(r"\son[a-z]+=", page)
    scripts = re.findall(r"<script\b[^>]*>", page)
    assert all("src=" in tag or "application/json" in tag for tag in scripts)
    assert "placeholder=" not in re.sub(r'<input[^>]*type="search"[^>]*>', "", page)
    assert all(to.startswith("/") for to in re.findall(r'<form\b[^>]*\baction="([^"]*)"', page))
    for control in re.findall(r'<(?:input|select|textarea)\b(?![^>]*type="hidden")[^>]*>', page):
        identity = re.search(r'\bid="([^"]+)"', control)
        assert identity, control
        assert f'for="{identity.group(1)}"' in page, control


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("path", OPEN)
def test_open_pages(path, language):
    response = Client().get(f"{language}/account/{path}")
    assert response.status_code == 200
    check(response.content.decode(), language)


@pytest.mark.parametrize("language", ["", "/en"])
def test_code_pages(language):
    client = Client()
    sign_up(client)
    check(client.get(f"{language}{EMAIL_URL}").content.decode(), language)
    confirm(client, EMAIL_URL, last_code("mail"))
    check(client.get(f"{language}{PHONE_URL}").content.decode(), language)


@pytest.mark.parametrize("language", ["", "/en"])
def test_own_pages(clerk, language):  # noqa: F811
    client = by_password(clerk)
    client.post("/account/reauthenticate/", {"password": "a long sentence 73"})
    for path in OWN:
        response = client.get(f"{language}/account/{path}")
        assert response.status_code == 200, path
        check(response.content.decode(), language)


@pytest.mark.parametrize("language", ["", "/en"])
def test_pages_of_the_second_factor(clerk, language):  # noqa: F811
    client = by_password(clerk)
    set_up_app(client)
    key = Authenticator.objects.create(
        user=clerk, type="webauthn", data={"name": "office phone", "credential": {}}
    )
    for path in WITH_APP:
        if "webauthn" in path:
            continue
        response = client.get(f"{language}/account/{path}")
        assert response.status_code == 200, path
        check(response.content.decode(), language)
    for act in ("edit", "remove"):
        response = client.get(f"{language}/account/2fa/webauthn/keys/{key.pk}/{act}/")
        assert response.status_code == 200
        check(response.content.decode(), language)


def _names(resolver: URLResolver) -> set[str]:
    names: set[str] = set()
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            names |= _names(entry)
        elif isinstance(entry, URLPattern) and entry.callback.__module__.startswith("allauth"):
            names.add(str(entry.name))
    return names


def test_no_address_confirms_by_being_opened():
    """The library's links that confirm on GET must not even exist."""
    names = _names(get_resolver())
    assert "account_login" in names
    assert not names & {"account_confirm_email", "account_reset_password_from_key"}
