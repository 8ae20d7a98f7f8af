"""What the sign-in library found proved, handed to our own acts (驗證結果)."""

from typing import Any

from allauth.account.models import EmailAddress
from django.http import HttpRequest

from minben.kernel.actor import Actor, ActorKind
from minben.people import actions
from minben.people.models import User

# The number somebody gave and has not proved yet: kept in the session, never in the account.
NOTED_PHONE = "people_noted_phone"


def holder(user: User) -> Actor:
    """The account's holder, who proves something before being signed in."""
    return Actor(ActorKind.PERSON, str(user.pk), user.is_verified)


def email_confirmed(
    request: HttpRequest, email_address: EmailAddress, **_: Any
) -> None:  # Any: a signal's arguments
    """A typed code proved an address: at sign-up, at a change, or when a password was reset."""
    user: User = email_address.user
    actions.confirm_email(
        user=user,
        address=email_address.email,
        by=holder(user),
        at=request.at,  # type: ignore[attr-defined]
    )


def phone_confirmed(request: HttpRequest, user: User, phone: str) -> None:
    """A typed code proved a mobile number."""
    actions.confirm_phone(
        user=user,
        phone=phone,
        by=holder(user),
        at=request.at,  # type: ignore[attr-defined]
    )
