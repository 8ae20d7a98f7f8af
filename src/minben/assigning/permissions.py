"""Who may answer an offer, and who may decide."""

from collections.abc import Collection

from minben.kernel.actor import AGENCY_ROLES, Actor, Role


def speaks_for(actor: Actor, agency_id: int) -> bool:
    """Officers, leads and participation officers of an agency, and whoever represents them."""
    return agency_id in agencies_spoken_for(actor)


def agencies_spoken_for(actor: Actor) -> frozenset[int]:
    """Agencies the actor may answer an offer for."""
    return frozenset(
        grant.agency_id
        for grant in actor.grants
        if grant.agency_id is not None and grant.role in AGENCY_ROLES
    )


def may_see(actor: Actor, agency_ids: Collection[int]) -> bool:
    """Who reads the offers of these agencies at the desk: their people and who names agencies."""
    if actor.has(Role.ADMINISTRATOR) or actor.has(Role.CHECKER):
        return True
    return bool(agencies_spoken_for(actor).intersection(agency_ids))


def may_decide(actor: Actor) -> bool:
    """Only the platform's administrators decide a dispute or force an assignment."""
    return actor.has(Role.ADMINISTRATOR)
