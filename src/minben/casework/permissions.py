"""Who may do what to a case."""

from minben.casework.models import Case
from minben.kernel.actor import Actor, ActorKind, Role
from minben.kernel.refusal import Refusal


def require(actor: Actor, *roles: Role) -> None:
    """Refuse unless the actor is the system, the archive, or staff in one of `roles`."""
    if actor.kind in (ActorKind.SYSTEM, ActorKind.ARCHIVE):
        return
    if not any(actor.has(role) for role in roles):
        raise Refusal("not_permitted")


def may_answer(actor: Actor, case: Case) -> bool:
    """Officers and leads of the lead agency draft and read drafts."""
    return case.lead_id is not None and (
        actor.has(Role.OFFICER, case.lead_id) or actor.has(Role.LEAD, case.lead_id)
    )
