"""Who may do what to a case."""

from minben.casework.models import Case, CaseAgency
from minben.casework.rules import AgencyRole
from minben.kernel.actor import Actor, ActorKind, Role
from minben.kernel.refusal import Refusal


def require(actor: Actor, *roles: Role) -> None:
    """Refuse unless the actor is the system, the archive, or staff in one of `roles`."""
    if actor.kind in (ActorKind.SYSTEM, ActorKind.ARCHIVE):
        return
    if not any(actor.has(role) for role in roles):
        raise Refusal("not_permitted")


def may_answer(actor: Actor, case: Case) -> bool:
    """Officers and leads of every agency that leads draft and read drafts.

    No query for those of the first lead and for who is no agency's at all, one for others.
    """
    if case.lead_id is None or not actor.agency_ids:
        return False
    if case.lead_id in actor.agency_ids:
        return True
    joint = CaseAgency.objects.filter(case=case, role=AgencyRole.LEAD)
    return joint.filter(agency__in=actor.agency_ids).exists()
