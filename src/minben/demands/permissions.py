"""Who may split, draft, clear and read."""

from typing import TYPE_CHECKING

from minben.casework.permissions import may_answer
from minben.demands.models import Demand
from minben.demands.rules import Step
from minben.kernel.actor import AGENCY_ROLES, Actor, Role

if TYPE_CHECKING:
    from minben.casework.models import Case

WRITING = (Role.OFFICER, Role.LEAD)
READING = (*sorted(AGENCY_ROLES), Role.ADMINISTRATOR)
_CLEARING = {
    Step.DRAFTER: WRITING,
    Step.SECTION_HEAD: WRITING,
    Step.LEGAL: WRITING,
    Step.PARTICIPATION: (Role.PARTICIPATION,),
    Step.LEAD: (Role.LEAD,),
}


def may_split(actor: Actor, case: "Case") -> bool:
    """Officers and leads of the agency that leads the case."""
    return may_answer(actor, case)


def acts_in(actor: Actor, agency_id: int | None, *roles: Role) -> bool:
    """Whether the actor holds one of `roles` in that very agency."""
    return agency_id is not None and any(actor.has(role, agency_id) for role in roles)


def may_draft(actor: Actor, demand: Demand) -> bool:
    """Officers and leads of the demand's agency."""
    return acts_in(actor, demand.agency_id, *WRITING)


def may_read(actor: Actor, demand: Demand) -> bool:
    """Whoever acts for the demand's agency or for the one that leads, and administrators."""
    return (
        actor.has(Role.ADMINISTRATOR)
        or acts_in(actor, demand.agency_id, *AGENCY_ROLES)
        or acts_in(actor, demand.case.lead_id, *AGENCY_ROLES)
    )


def may_clear(actor: Actor, demand: Demand, step: Step) -> bool:
    """Whether the actor's role is that of the step, in the demand's agency."""
    return acts_in(actor, demand.agency_id, *_CLEARING[step])


def is_own_draft(actor: Actor, step: Step, writers: frozenset[str]) -> bool:
    """Whether the actor would clear their own words.

    Whoever leads the agency signs also what they changed themselves (判行): at least one other
    person has seen it by then.
    """
    return step not in (Step.DRAFTER, Step.LEAD) and actor.id in writers
