"""Who holds a role in an agency, for the letters to it (機關人員), deputies included."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from minben.kernel.actor import Role
from minben.people.models import RoleGrant, User
from minben.people.queries import running_delegations


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds a role in an agency, or represents who does."""

    user_id: int
    role: Role
    address: str
    language: str


def holders_in(agency_ids: Collection[int], at: datetime) -> dict[int, list[Holder]]:
    """Who holds roles in these agencies at `at`, and their deputies, by agency. Two queries.

    Somebody with two roles stands there twice. Closed accounts are left out.
    """
    grants = RoleGrant.objects.filter(
        Q(until=None) | Q(until__gt=at), agency_id__in=agency_ids, since__lte=at
    )
    own = grants.filter(user__is_active=True).order_by("pk")
    deputies = running_delegations(at).filter(grant__in=grants, delegate__is_active=True)
    found: dict[int, list[Holder]] = {}
    for grant in own.select_related("user"):
        _note(found, grant, grant.user)
    for row in deputies.select_related("grant", "delegate").order_by("pk"):
        _note(found, row.grant, row.delegate)
    return found


def _note(found: dict[int, list[Holder]], grant: RoleGrant, user: User) -> None:
    holder = Holder(user.pk, Role(grant.role), user.email, user.language)
    found.setdefault(grant.agency_id or 0, []).append(holder)
