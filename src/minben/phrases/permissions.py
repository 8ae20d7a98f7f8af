"""Who keeps templates: an agency's officers and leads its own, administrators the platform's."""

from typing import Final

from minben.kernel.actor import Actor, Role

KEEPING: Final = (Role.OFFICER, Role.LEAD, Role.ADMINISTRATOR)


def may_keep(actor: Actor, agency_id: int | None) -> bool:
    """Who adds, changes and retires templates of that owner (None: the platform)."""
    if agency_id is None:
        return actor.has(Role.ADMINISTRATOR)
    return agency_id in actor.agency_ids


def may_read(actor: Actor, agency_id: int | None) -> bool:
    """The platform's templates are read by all who keep some; an agency's by its own people."""
    return agency_id is None or agency_id in actor.agency_ids
