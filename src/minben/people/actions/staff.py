"""The acts on staff roles (職務)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from minben.audit.actions import record
from minben.kernel.actor import AGENCY_ROLES, Actor, Role
from minben.kernel.refusal import Refusal
from minben.people.models import Agency, Delegation, RoleGrant, User
from minben.people.permissions import require_role


@transaction.atomic
def grant_role(
    *, user_id: int, role: Role, agency_id: int | None, by: Actor, at: datetime
) -> RoleGrant:
    """Grant a staff role: in an agency (officers, leads, participation officers), or for all."""
    require_role(by, Role.ADMINISTRATOR)
    user = User.objects.select_for_update().filter(pk=user_id).first()
    if user is None:
        raise Refusal("person_unknown", field="email")
    _refuse_agency(role, agency_id)
    if RoleGrant.objects.filter(user=user, role=role, agency=agency_id, until=None).exists():
        raise Refusal("role_held_already", field="role")
    grant = RoleGrant.objects.create(
        user=user, role=role, agency_id=agency_id, since=at, granted_by=by.id
    )
    User.objects.filter(pk=user.pk).update(is_official=True)
    record(
        "people.role_granted",
        by=by,
        at=at,
        subject=f"person:{user.pk}",
        data={"role": role, "agency": agency_id},
    )
    return grant


def _refuse_agency(role: Role, agency_id: int | None) -> None:
    needed = role in AGENCY_ROLES
    known = agency_id is None or Agency.objects.filter(pk=agency_id).exists()
    if needed != (agency_id is not None) or not known:
        raise Refusal("role_agency", field="agency")


@transaction.atomic
def end_role(*, grant_id: int, by: Actor, at: datetime) -> None:
    """End a staff role; ending one's own administrator role is refused."""
    require_role(by, Role.ADMINISTRATOR)
    grant = RoleGrant.objects.select_for_update().filter(pk=grant_id, until=None).first()
    if grant is None:
        raise Refusal("role_not_held")
    if grant.user_id == by.person_id and grant.role == Role.ADMINISTRATOR:
        raise Refusal("role_own")
    grant.until = max(at, grant.since + timedelta(microseconds=1))  # never before it began
    grant.save(update_fields=["until"])
    # A deputy of the agency's staff is staff of the agency.
    Delegation.objects.filter(
        Q(grant=grant) | Q(delegate_id=grant.user_id, grant__agency_id=grant.agency_id),
        ended_at=None,
    ).update(ended_at=at, ended_by=by.id)
    if not RoleGrant.objects.filter(user_id=grant.user_id, until=None).exists():
        User.objects.filter(pk=grant.user_id).update(is_official=False)
    record(
        "people.role_ended",
        by=by,
        at=at,
        subject=f"person:{grant.user_id}",
        data={"role": grant.role, "agency": grant.agency_id},
    )
