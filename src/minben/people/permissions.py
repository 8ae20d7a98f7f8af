"""Who may act on an account or on roles; the acts themselves ask."""

from minben.kernel.actor import Actor, ActorKind, Role
from minben.kernel.refusal import Refusal
from minben.people.models import User

_MACHINES = (ActorKind.SYSTEM, ActorKind.ARCHIVE)


def require_role(by: Actor, *roles: Role) -> None:
    """Staff holding one of `roles`, or the platform itself. Raises Refusal."""
    if by.kind not in _MACHINES and not any(by.has(role) for role in roles):
        raise Refusal("not_permitted")


def require_self(by: Actor, user: User) -> None:
    """The account's own holder, or the platform itself. Raises Refusal."""
    if by.kind not in _MACHINES and by.person_id != user.pk:
        raise Refusal("not_permitted")


def require_machine(by: Actor) -> None:
    """The platform itself, and no person whatever their role. Raises Refusal."""
    if by.kind not in _MACHINES:
        raise Refusal("not_permitted")
