"""How many have endorsed one proposal (附議數): the cheapest question there is about it."""

from dataclasses import dataclass

from minben.proposals.models import Proposal
from minben.proposals.rules import PUBLIC_STATES, State


@dataclass(frozen=True, slots=True)
class Count:
    """The count as everybody sees it.

    Args:
        public: the proposal is public; a hidden one, and one that never became public, is not.
        gone: it is not public and will not be found again at this address by waiting.
    """

    endorsed: int
    threshold: int
    reached: bool
    public: bool
    gone: bool


def count_of(number: str) -> Count | None:
    """The count of the proposal with this case number, or None. One query."""
    row = (
        Proposal.objects.filter(case__number=number)
        .values_list("endorsed", "threshold", "reached_at", "state", "opens_at")
        .first()
    )
    if row is None:
        return None
    endorsed, threshold, reached_at, code, opens_at = row
    state = State(code)
    public = state in PUBLIC_STATES and opens_at is not None
    return Count(
        endorsed=endorsed,
        threshold=threshold,
        reached=reached_at is not None,
        public=public,
        gone=not public and state is not State.CHECKING,
    )
