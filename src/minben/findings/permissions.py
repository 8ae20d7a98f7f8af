"""Who may keep the findings of a case: staff of an agency that takes part in it."""

from collections.abc import Collection

from minben.kernel.actor import Actor, Role


def may_keep(actor: Actor, agency_ids: Collection[int]) -> bool:
    """Officers, leads and participation officers of an agency of the case write and read drafts."""
    return bool((actor.agency_ids | actor.participates_for) & set(agency_ids))


def may_publish(actor: Actor, agency_ids: Collection[int]) -> bool:
    """Officers and leads of an agency of the case; participation officers answer for nobody."""
    return any(
        actor.has(role, agency_id) for agency_id in agency_ids for role in (Role.OFFICER, Role.LEAD)
    )
