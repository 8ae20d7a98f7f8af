"""Who may keep indicators (指標維護之權限)."""

from typing import Final

from minben.kernel.actor import Actor, Role

KEEPING: Final = (Role.OFFICER, Role.LEAD, Role.ADMINISTRATOR)


def may_keep(actor: Actor, agency_id: int | None) -> bool:
    """The platform's sources and methods are its administrators'; an agency's also its officers'."""
    if actor.has(Role.ADMINISTRATOR):
        return True
    return agency_id is not None and any(
        actor.has(role, agency_id) for role in (Role.OFFICER, Role.LEAD)
    )


def may_keep_units(actor: Actor) -> bool:
    """Whoever keeps indicators may add units that are not there yet."""
    return any(actor.has(role) for role in KEEPING)


def may_change_units(actor: Actor) -> bool:
    """Units and their names are shared by all sources: administrators change them.

    A service is changed by those of its agency too (`actions.owners`).
    """
    return actor.has(Role.ADMINISTRATOR)
