"""The acts on one's own account (帳號): open, confirm, declare.

A mobile number is bound by proof and not by claim: it enters the account when its typed code
was right. So nobody can block a number, or an account, by mistyping or by lying.
"""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, transaction

from minben.audit.actions import record
from minben.kernel.actor import Actor
from minben.kernel.refusal import Refusal
from minben.people.models import BoundNumber, User
from minben.people.numbers import digest_of
from minben.people.permissions import require_self
from minben.people.queries import bound_number, counties
from minben.people.rules import ConfirmedBy, Residency, canonical_email, nickname_fault


@transaction.atomic
def join(*, user: User, language: str, by: Actor, at: datetime) -> User:
    """Store a new account; its address is not confirmed yet.

    Args:
        user: unsaved, with its address and hashed password.

    Raises Refusal ``email_in_use`` when another account reaches the same mailbox.
    """
    user.email = user.email.strip().lower()
    user.canonical_email = canonical_email(user.email)
    user.language, user.joined_at = language, at
    if User.objects.filter(canonical_email=user.canonical_email).exists():
        raise Refusal("email_in_use", field="email")
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError:  # somebody was faster by an instant
        raise Refusal("email_in_use", field="email") from None
    record("people.joined", by=by, at=at, subject=f"person:{user.pk}")
    return user


@transaction.atomic
def open_account(
    *, email: str, password: str | None, language: str, by: Actor, at: datetime
) -> User:
    """Open an account from the command line or the demo; its address is not confirmed yet."""
    user = User(email=email)
    if password is None:
        user.set_unusable_password()
    else:
        user.set_password(password)
    return join(user=user, language=language, by=by, at=at)


@transaction.atomic
def confirm_email(*, user: User, by: Actor, at: datetime, address: str = "") -> None:
    """The typed code proved `address`, or without one the account's own, which it then is.

    Raises Refusal ``email_in_use`` when another account reaches the same mailbox.
    """
    require_self(by, user)
    if not address and user.email_verified_at:
        return
    user.email = (address or user.email).strip().lower()
    user.canonical_email = canonical_email(user.email)
    user.email_verified_at = at
    try:
        with transaction.atomic():
            user.save(update_fields=["email", "canonical_email", "email_verified_at"])
    except IntegrityError:
        raise Refusal("email_in_use", field="email") from None
    _mirror_address(user)
    record("people.email_confirmed", by=by, at=at, subject=f"person:{user.pk}")


def _mirror_address(user: User) -> None:
    """Tell the sign-in library, which keeps addresses of its own, that this one is confirmed."""
    own = EmailAddress.objects.filter(user=user)
    if not own.filter(email=user.email, verified=True, primary=True).exists():
        own.exclude(email=user.email).update(primary=False)
        EmailAddress.objects.update_or_create(
            user=user, email=user.email, defaults={"verified": True, "primary": True}
        )


@transaction.atomic
def set_phone(*, user: User, phone: str, by: Actor, at: datetime) -> None:
    """Note a mobile number (E.164) that is not confirmed yet. One number binds one account.

    A number that was proved is never replaced by one that is only claimed.
    """
    require_self(by, user)
    if user.phone_verified_at and phone != user.phone:
        raise Refusal("phone_proved", field="phone")
    if User.objects.filter(phone=phone).exclude(pk=user.pk).exists():
        raise Refusal("phone_in_use", field="phone")
    user.phone = phone or None
    try:
        with transaction.atomic():
            user.save(update_fields=["phone"])
    except IntegrityError:
        raise Refusal("phone_in_use", field="phone") from None


@transaction.atomic
def confirm_phone(*, user: User, by: Actor, at: datetime, phone: str = "") -> None:
    """The typed code proved `phone`, or the number noted before; that confirms the person.

    Raises Refusal ``phone_in_use`` when another account proved it before, be it one that has
    moved on to another number or was erased since: a card can't confirm account after account,
    each of which would endorse. A number somebody else only noted goes to the one who proved it.
    """
    require_self(by, user)
    number = phone or user.phone
    others = User.objects.filter(phone=number).exclude(pk=user.pk)
    if not number or others.exclude(phone_verified_at=None).exists():
        raise Refusal("phone_in_use", field="phone")
    others.update(phone=None)
    user.phone, user.phone_verified_at = number, at
    if not user.confirmed_by:
        user.confirmed_by, user.confirmed_at = ConfirmedBy.MOBILE, at
    try:
        with transaction.atomic():
            user.save(update_fields=["phone", "phone_verified_at", "confirmed_by", "confirmed_at"])
            bound = bound_number(number) or BoundNumber.objects.create(
                digest=digest_of(number), user=user, at=at
            )
    except IntegrityError:  # the same number was proved for two accounts at once
        raise Refusal("phone_in_use", field="phone") from None
    if bound.user_id != user.pk:
        raise Refusal("phone_in_use", field="phone")
    record("people.phone_confirmed", by=by, at=at, subject=f"person:{user.pk}")


@transaction.atomic
def declare(
    *,
    user: User,
    nickname: str,
    county: str,
    township: str,
    residency: str,
    by: Actor,
    at: datetime,
) -> User:
    """Declare the public name, the place and nationality or residence permit."""
    require_self(by, user)
    if code := nickname_fault(nickname):
        raise Refusal(code, field="nickname")
    places = {place.name_zh: place.townships for place in counties()}
    if county not in places:
        raise Refusal("county_unknown", field="county")
    if township not in places[county]:
        raise Refusal("township_unknown", field="township")
    if residency not in {item.value for item in Residency}:
        raise Refusal("residency_missing", field="residency")
    user.nickname, user.county, user.township = nickname.strip(), county, township
    if user.residency != residency:
        user.residency, user.residency_declared_at = residency, at
    user.save(
        update_fields=["nickname", "county", "township", "residency", "residency_declared_at"]
    )
    record("people.profile_changed", by=by, at=at, subject=f"person:{user.pk}")
    return user


@transaction.atomic
def choose_language(*, user: User, language: str, by: Actor, at: datetime) -> None:
    """Choose the language of mail and SMS."""
    require_self(by, user)
    if language not in dict(settings.LANGUAGES):
        raise Refusal("language_unknown", field="language")
    user.language = language
    user.save(update_fields=["language"])
    record("people.profile_changed", by=by, at=at, subject=f"person:{user.pk}")
