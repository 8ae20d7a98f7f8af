"""Closing an account and erasing a person (註銷帳號、個人資料之刪除).

Asking and erasing lie some days apart, so that nobody loses an account to a stolen session or a
bad hour. What is left is a shell: a number that the acts of public effect point to.

Basis: 個人資料保護法 §3 no. 5, §11.
"""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Q
from django.utils import translation

from minben.audit.actions import record
from minben.base import erasing
from minben.base.each import each
from minben.base.erasing import Erasing
from minben.base.refusals import sentence
from minben.kernel import clock
from minben.kernel.actor import Actor
from minben.kernel.periods import end_of, last_day, local_day
from minben.kernel.refusal import Refusal
from minben.notify.actions import enqueue
from minben.people.models import (
    AccountSession,
    BoundNumber,
    Closing,
    CounterConfirmation,
    User,
)
from minben.people.permissions import require_machine
from minben.people.queries import closing_hindrance
from minben.people.rules import CLOSING_DAYS

AFTERWARDS = timedelta(hours=1)
"""A request that was under way while its account was erased has long ended after this."""


@transaction.atomic
def close_account(*, keep_comments: bool, by: Actor, at: datetime) -> Closing:
    """Ask for one's account to be erased after `CLOSING_DAYS` whole days.

    Args:
        keep_comments: leave the text of one's comments, without the name.

    Raises:
        Refusal: ``not_permitted``, ``closing_already``, ``erase_role``, and what modules answer.
    """
    user = _locked(by.person_id)
    if user is None or user.erased_at:
        raise Refusal("not_permitted")
    if Closing.objects.filter(user=user).exists():
        raise Refusal("closing_already")
    if refusal := closing_hindrance(user, at):
        raise refusal
    due_at = end_of(local_day(at) + timedelta(days=CLOSING_DAYS))
    closing = Closing.objects.create(
        user=user, keep_comments=keep_comments, asked_at=at, due_at=due_at
    )
    record("people.closing_asked", by=by, at=at, subject=f"person:{user.pk}")
    _tell("closing_asked", user, closing, by, at)
    return closing


@transaction.atomic
def keep_account(*, by: Actor, at: datetime) -> None:
    """Take back that one's account be closed. Raises Refusal ``closing_not_asked``."""
    user = _locked(by.person_id)
    closing = Closing.objects.filter(user=user, done_at=None).first() if user else None
    if user is None or closing is None:
        raise Refusal("closing_not_asked")
    closing.delete()
    record("people.account_kept", by=by, at=at, subject=f"person:{user.pk}")


def erase_due(*, by: Actor, at: datetime) -> int:
    """Erase whose time is up, and sweep up after those erased a while ago; returns how many were.

    Who took up a duty in the meantime is told that the account stays.
    """
    due = Closing.objects.filter(done_at=None, due_at__lte=at).order_by("due_at")
    swept = Closing.objects.filter(done_at__lte=at - AFTERWARDS)
    each(swept.values_list("user_id", flat=True), lambda pk: _sweep(pk, by, at))
    return each(due.values_list("user_id", flat=True), lambda pk: _erase_or_tell(pk, by, at))


@transaction.atomic
def _erase_or_tell(user_id: int, by: Actor, at: datetime) -> int:
    user = _locked(user_id)
    closing = Closing.objects.filter(user=user, done_at=None, due_at__lte=at).first()
    if user is None or closing is None:  # undone, or done, an instant ago
        return 0
    if refusal := closing_hindrance(user, at):
        closing.delete()
        record("people.closing_stopped", by=by, at=at, subject=f"person:{user.pk}")
        with translation.override(user.language):
            _tell("closing_stopped", user, closing, by, at, why=sentence(refusal))
        return 0
    erase_person(user_id=user.pk, keep_comments=closing.keep_comments, by=by, at=at)
    Closing.objects.filter(pk=closing.pk).update(done_at=at)
    return 1


@transaction.atomic
def erase_person(*, user_id: int, keep_comments: bool, by: Actor, at: datetime) -> None:
    """Destroy everything that tells who somebody is; the platform's own act, and for good.

    Raises:
        Refusal: ``not_permitted``, ``person_unknown``, ``erase_role``, and what modules answer.
    """
    require_machine(by)
    user = _locked(user_id)
    if user is None or user.erased_at:
        raise Refusal("person_unknown")
    if refusal := closing_hindrance(user, at):
        raise refusal
    address, language = user.email, user.language
    # Recorded first: the database empties nothing of the record before it says so.
    record("people.erased", by=by, at=at, subject=f"person:{user.pk}")
    _run(user, keep_comments, by, at)
    enqueue(
        "people.erased",
        fact="account",
        recipient=f"erased:{user.pk}",
        address=address,
        language=language,
        context={},
        by=by,
        at=at,
    )


@transaction.atomic
def _sweep(user_id: int, by: Actor, at: datetime) -> int:
    """Erase once more what a request that was under way wrote under the old name."""
    user, closing = _locked(user_id), Closing.objects.filter(user_id=user_id).first()
    if user is None or closing is None or closing.done_at is None:
        return 0
    _run(user, closing.keep_comments, by, at)
    closing.delete()
    return 1


def _run(user: User, keep_comments: bool, by: Actor, at: datetime) -> None:
    """Let every module destroy what it holds; the account itself is `people`'s part of it."""
    proved = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    addresses = {*proved, user.email, user.phone or ""} - {""}
    told = Erasing(user.pk, frozenset(addresses), keep_comments)
    for eraser in erasing.erasers():
        eraser.erase(told, by, at)


def forget_person(*, user_id: int, by: Actor, at: datetime) -> None:
    """Empty the account: address, number, name, place, password, second factors, sessions."""
    user = User.objects.get(pk=user_id)
    listed = UserSession.objects.filter(user=user).values("session_key")
    AccountSession.objects.filter(Q(account=user) | Q(session_key__in=listed)).delete()
    for model in (UserSession, Authenticator, EmailAddress):
        model.objects.filter(user=user).delete()
    CounterConfirmation.objects.filter(user=user).delete()
    user.groups.clear()
    user.user_permissions.clear()
    # No address has this form, so nobody can take it first.
    user.email = user.canonical_email = f"erased:{user.pk}"
    user.set_unusable_password()
    user.phone = user.phone_verified_at = user.email_verified_at = None
    user.residency, user.residency_declared_at = "", None
    user.confirmed_by, user.confirmed_at = "", None
    user.nickname = user.county = user.township = ""
    user.language, user.last_login, user.ledger_secret = "zh-hant", None, None
    user.is_active = user.is_staff = user.is_superuser = False
    user.erased_at = user.erased_at or at
    user.save()
    # Not before the sweep: an endorsement under way may still need the number to be held.
    swept_at = user.erased_at + AFTERWARDS
    until = max(swept_at, erasing.number_held_until(user.pk) or swept_at)
    BoundNumber.objects.filter(user=user).update(release_at=until)


def release_numbers(*, by: Actor, at: datetime) -> int:
    """Forget the hashes of numbers whose time is up; returns how many. Windows may have moved."""
    due = BoundNumber.objects.filter(release_at__lte=at)
    people = list(due.values_list("user_id", flat=True).distinct())
    return each(people, lambda pk: _release(pk, by, at))


@transaction.atomic
def _release(user_id: int, by: Actor, at: datetime) -> int:
    _locked(user_id)
    rows = BoundNumber.objects.filter(user_id=user_id, user__erased_at__isnull=False)
    until = erasing.number_held_until(user_id)
    if until is not None and until > at:
        rows.update(release_at=until)
        return 0
    if gone := rows.delete()[0]:
        record("people.number_released", by=by, at=at, subject=f"person:{user_id}")
    return gone


def drop_old_sessions(*, by: Actor, at: datetime) -> int:
    """Forget sessions that ran out, which may hold an address or a number noted in them."""
    # Sessions run by the machine's clock, also in a sandbox where another is shown.
    return AccountSession.objects.filter(expire_date__lt=at - clock.offset()).delete()[0]


def _locked(user_id: int | None) -> User | None:
    return User.objects.select_for_update().filter(pk=user_id or 0).first()


def _tell(kind: str, user: User, closing: Closing, by: Actor, at: datetime, **more: str) -> None:
    enqueue(
        f"people.{kind}",
        fact=f"closing:{closing.asked_at.isoformat()}",
        recipient=f"person:{user.pk}",
        address=user.email,
        language=user.language,
        context={"until": last_day(closing.due_at).isoformat(), **more},
        by=by,
        at=at,
    )
