"""The second factor of staff (第二因子): which sessions were opened with one.

The library that signs people in keeps a list of the methods used in a session. A session is
strong when that list, of this very account, holds an authenticator's code, a recovery code, a
security key or a passkey; signing in again and confirming oneself later both write into it.
"""

from typing import Any

from allauth.account.authentication import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
)
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest

from minben.people.models import User

TYPES = Authenticator.Type
FACTORS = (TYPES.TOTP, TYPES.WEBAUTHN)
_METHOD = "mfa"
_STAND_IN = "demo"


def is_strong(request: HttpRequest) -> bool:
    """Say whether this session was opened, or later confirmed, with a second factor."""
    methods = {record.get("method") for record in get_authentication_records(request, request.user)}
    return _METHOD in methods or (settings.SANDBOX and _STAND_IN in methods)


def has_factor(user: User, *types: Authenticator.Type) -> bool:
    """Say whether an authenticator app or a key (or one of `types`) is set up. One query."""
    return bool(is_mfa_enabled(user, types or FACTORS))


def stand_in(request: HttpRequest, user: User) -> None:
    """Count the sandbox's one-click sign-in as strong; nobody sets up a key to look at a demo."""
    record_authentication(request, user, _STAND_IN)


def note_added(
    request: HttpRequest, user: User, authenticator: Authenticator, **_: Any
) -> None:  # Any: a signal's arguments
    """Who has just shown a code of a new authenticator need not show another one at once.

    A new factor can only be set up by somebody who has confirmed the account's password, or
    an older factor, a moment ago.
    """
    if authenticator.type in FACTORS:
        record_authentication(request, user, _METHOD, id=authenticator.pk, type=authenticator.type)


def forget_removed(request: HttpRequest, user: User, **_: Any) -> None:  # Any: as above
    """Without any factor left, the session is no longer strong."""
    if has_factor(user):
        return
    records = get_authentication_records(request, user)
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        record for record in records if record.get("method") != _METHOD
    ]
