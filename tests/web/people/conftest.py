"""Codes read where the demo keeps mail and SMS, and limits that start anew with each test."""

import re
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from minben.notify.models import SandboxMessage
from minben.people.models import User

PASSWORD = "a long sentence 73"
QUICK = "django.contrib.auth.hashers.MD5PasswordHasher"  # Argon2 is slow on purpose


@pytest.fixture(autouse=True)
def _mail_is_kept_and_limits_start_anew(db: None, settings: object) -> None:
    settings.EMAIL_BACKEND = "minben.notify.backends.SandboxBackend"  # type: ignore[attr-defined]
    settings.PASSWORD_HASHERS = [QUICK]  # type: ignore[attr-defined]
    cache.clear()


def last_message(channel: str) -> SandboxMessage:
    """The newest mail or SMS."""
    return SandboxMessage.objects.filter(channel=channel).order_by("pk").last()


def last_code(channel: str) -> str:
    """The code in the newest mail or SMS."""
    found = re.search(r"\b\d{6}\b", last_message(channel).body)
    assert found, last_message(channel).body
    return found.group()


def sign_up(
    client: Client, email: str = "new@example.org", phone: str = "0912 345 678", **more: str
):
    """Send the sign-up form."""
    data = {"email": email, "phone": phone, "password1": PASSWORD, "password2": PASSWORD}
    return client.post("/account/signup/", {**data, **more})


def confirm(client: Client, url: str, code: str, action: str = "verify"):
    """Type a code into one of the two pages."""
    return client.post(url, {"code": code, "action": action})


EMAIL_URL = "/account/confirm-email/"
PHONE_URL = "/account/phone/verify/"


@pytest.fixture
def newcomer() -> Callable[..., tuple[Client, User]]:
    """``newcomer()``: somebody who signed up and typed both codes."""

    def make(email: str = "new@example.org", phone: str = "0912 345 678") -> tuple[Client, User]:
        client = Client()
        sign_up(client, email, phone)
        confirm(client, EMAIL_URL, last_code("mail"))
        confirm(client, PHONE_URL, last_code("sms"))
        cache.clear()  # as if some time had passed
        return client, User.objects.get(email=email)

    return make
