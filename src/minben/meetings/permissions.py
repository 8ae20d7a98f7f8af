"""Who may do what to a meeting."""

from minben.kernel.actor import AGENCY_ROLES, Actor, ActorKind, Role
from minben.kernel.refusal import Refusal
from minben.meetings.models import Meeting
from minben.meetings.rules import BASIS


def acts_for(actor: Actor, agency_id: int) -> bool:
    """Officers, leads and participation officers of the agency, administrators, the platform."""
    if actor.kind in (ActorKind.SYSTEM, ActorKind.ARCHIVE):
        return True
    return actor.has(Role.ADMINISTRATOR) or any(actor.has(role, agency_id) for role in AGENCY_ROLES)


def may_run(actor: Actor, meeting: Meeting) -> bool:
    """Whoever acts for the host agency."""
    return acts_for(actor, meeting.agency_id)


def require_run(actor: Actor, meeting: Meeting) -> None:
    """Refuse ``not_host_agency`` unless `actor` may run the meeting."""
    if not may_run(actor, meeting):
        raise Refusal("not_host_agency", basis=BASIS)


def officer_for(actor: Actor, agency_id: int) -> bool:
    """Say whether `actor` is a participation officer (開放政府聯絡人) of that agency."""
    return agency_id in actor.participates_for
