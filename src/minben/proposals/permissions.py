"""Who may see and do what with a proposal; the acts themselves refuse again."""

from minben.kernel.actor import Actor, Role
from minben.proposals.models import Proposal
from minben.proposals.rules import PUBLIC_STATES, State


def may_see(actor: Actor, proposal: Proposal) -> bool:
    """Public ones everybody; a waiting or hidden one its proposer and the checkers.

    One withdrawn before its check had passed never became public, and stays so.
    """
    if State(proposal.state) in PUBLIC_STATES and proposal.opens_at is not None:
        return True
    return (
        (proposal.proposer_id is not None and proposal.proposer_id == actor.person_id)
        or actor.has(Role.CHECKER)
        or actor.has(Role.ADMINISTRATOR)
    )
