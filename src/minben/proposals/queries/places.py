"""Which proposal and case belong together (案號對照): never changed, so asked once per process."""

from dataclasses import dataclass
from functools import lru_cache

from minben.proposals.models import Proposal

_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where an endorsement goes: the proposal and its case."""

    proposal_id: int
    case_id: int


@lru_cache(maxsize=_MOST)
def place_of(proposal_id: int) -> Place:
    """The place of a proposal. One query, the first time. Raises Proposal.DoesNotExist."""
    case_id = Proposal.objects.values_list("case_id", flat=True).get(pk=proposal_id)
    return Place(proposal_id, case_id)


@lru_cache(maxsize=_MOST)
def find_proposal(number: str) -> int:
    """The proposal with that case number. As above."""
    return Proposal.objects.values_list("pk", flat=True).get(case__number=number)


def forget_places() -> None:
    """For tests, whose databases begin anew."""
    place_of.cache_clear()
    find_proposal.cache_clear()
