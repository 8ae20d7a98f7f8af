"""Who may write what is said and drawn."""

from typing import TYPE_CHECKING

from minben.casework import queries as casework
from minben.kernel.actor import AGENCY_ROLES, Actor, ActorKind, Role
from minben.kernel.refusal import Refusal
from minben.meetings import queries as meetings
from minben.proceedings.rules import PRACTICE

if TYPE_CHECKING:
    from minben.meetings.models import Meeting

WRITING = (*sorted(AGENCY_ROLES), Role.ADMINISTRATOR)
"""Staff roles that draw sheets; in which agency, `may_draw` asks."""


def may_draw(actor: Actor, case_id: int) -> bool:
    """Whoever acts for an agency of the case, and administrators. One query for agencies."""
    if actor.kind in (ActorKind.SYSTEM, ActorKind.ARCHIVE) or actor.has(Role.ADMINISTRATOR):
        return True
    own = {grant.agency_id for grant in actor.grants if grant.role in AGENCY_ROLES}
    return any(part.agency_id in own for part in casework.agencies_of_case(case_id))


def require_draw(actor: Actor, case_id: int) -> None:
    """Refuse ``not_agency_of_case`` unless `actor` may draw the sheets of the case."""
    if not may_draw(actor, case_id):
        raise Refusal("not_agency_of_case", basis=PRACTICE)


def require_run(actor: Actor, meeting: "Meeting") -> None:
    """Refuse ``not_running_meeting`` unless `actor` may run the meeting."""
    if not meetings.may_run(actor, meeting):
        raise Refusal("not_running_meeting", basis=PRACTICE)
