"""Who may state how far participation in a case went."""

from collections.abc import Collection

from minben.kernel.actor import Actor, Role


def may_state(actor: Actor, agency_ids: Collection[int]) -> bool:
    """Officers and leads of an agency of the case; participation officers answer for nobody."""
    return any(
        actor.has(role, agency_id) for agency_id in agency_ids for role in (Role.OFFICER, Role.LEAD)
    )
