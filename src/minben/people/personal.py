"""What the accounts hold about one person (個人資料): all of it but secrets."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Q

from minben.people.models import (
    BoundNumber,
    Closing,
    CounterConfirmation,
    Delegation,
    RoleGrant,
    User,
)

_SECRET = frozenset({"password", "ledger_secret"})


def held_about(person_id: int) -> dict[str, Any]:  # Any: rows of JSON-ready values
    """The account, its addresses, second factors, sessions and roles. Nine queries.

    Passwords and keys are kept as what can't be turned back, and are left out.
    """
    fields = [f.attname for f in User._meta.concrete_fields if f.attname not in _SECRET]
    counter = CounterConfirmation.objects.filter(user_id=person_id)
    return {
        "account": User.objects.filter(pk=person_id).values(*fields).first(),
        "addresses": list(
            EmailAddress.objects.filter(user_id=person_id).values("email", "verified", "primary")
        ),
        "second_factors": list(
            Authenticator.objects.filter(user_id=person_id).values(
                "type", "created_at", "last_used_at"
            )
        ),
        "sessions": list(
            UserSession.objects.filter(user_id=person_id).values(
                "created_at", "last_seen_at", "ip", "user_agent"
            )
        ),
        "roles": list(
            RoleGrant.objects.filter(user_id=person_id).values(
                "role", "agency__name_zh", "since", "until"
            )
        ),
        "deputies": list(
            Delegation.objects.filter(
                Q(grant__user_id=person_id) | Q(delegate_id=person_id)
            ).values("grant__role", "grant__agency__name_zh", "kind", "since", "until", "ended_at")
        ),
        "numbers_bound": list(
            BoundNumber.objects.filter(user_id=person_id).values("at", "release_at")
        ),
        "closing": Closing.objects.filter(user_id=person_id)
        .values("asked_at", "due_at", "keep_comments")
        .first(),
        "counter_confirmation": counter.values("at", "counter", "document").first(),
    }
