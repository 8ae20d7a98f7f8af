"""What a campaign would invalidate (試算): read before anything is done, and kept with it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from minben.kernel.periods import local_day
from minben.proposals.conditions import Conditions, Matcher, Seen
from minben.proposals.invalidation import SAMPLE
from minben.proposals.models import Endorsement, Proposal
from minben.proposals.queries.networks import marks_in

PORTION = 5000
_COLUMNS = ("pk", "nickname", "reason", "county", "at", "network")


@dataclass(frozen=True, slots=True)
class DryRun:
    """What conditions find among the endorsements that count.

    Args:
        ids: the endorsements, in the order in which they were counted.
        per_day: how many of each day of Taiwan, by ISO date.
        per_county: how many from where, most first.
        networks: of how many the network is known ("known"), how many networks there are
            ("distinct"), and how many came from the largest ("largest").
    """

    ids: tuple[int, ...]
    per_day: dict[str, int]
    per_county: dict[str, int]
    networks: dict[str, int]

    @property
    def n(self) -> int:
        """How many there are."""
        return len(self.ids)

    @property
    def sample(self) -> list[int]:
        """Up to ten of them, evenly spread."""
        size = min(SAMPLE, self.n)
        return [self.ids[place * self.n // size] for place in range(size)]


def dry_run(proposal: Proposal, conditions: Conditions) -> DryRun:
    """Find what the conditions cover now. One query, read in portions; nothing is written.

    Looked at are endorsements of people with an account, counted and still valid; what came
    from an archive is another platform's to answer for.
    """
    holds = Matcher(conditions, marks_in(proposal.pk, conditions.network))
    ids: list[int] = []
    days: Counter[str] = Counter()
    counties: Counter[str] = Counter()
    networks: Counter[bytes] = Counter()
    for pk, seen in _seen(proposal.pk, conditions):
        if holds(seen):
            ids.append(pk)
            days[local_day(seen.at).isoformat()] += 1
            counties[seen.county] += 1
            networks.update([seen.mark] if seen.mark else [])
    return DryRun(
        ids=tuple(ids),
        per_day=dict(sorted(days.items())),
        per_county=dict(counties.most_common()),
        networks={
            "known": networks.total(),
            "distinct": len(networks),
            "largest": max(networks.values(), default=0),
        },
    )


def _seen(proposal_id: int, conditions: Conditions) -> Iterator[tuple[int, Seen]]:
    rows = Endorsement.objects.filter(
        proposal_id=proposal_id,
        leaf_index__isnull=False,
        invalidated_at=None,
        person__isnull=False,
    )
    if conditions.county:
        rows = rows.filter(county=conditions.county)
    if conditions.since:
        rows = rows.filter(at__gte=conditions.since)
    if conditions.until:
        rows = rows.filter(at__lt=conditions.until)
    found = rows.order_by("number").values_list(*_COLUMNS)
    for pk, nickname, reason, county, at, network in found.iterator(chunk_size=PORTION):
        mark = None if network is None else bytes(network)
        yield pk, Seen(nickname, reason, county, at, mark)
