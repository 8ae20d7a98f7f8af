"""Taking endorsements over in bulk (附議紀錄匯入): from an archive, or for the demo.

These belong to no account here; each is known by its number in the source.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import transaction

from minben.audit.actions import record
from minben.casework.permissions import require
from minben.kernel.actor import Actor
from minben.proposals.actions.endorsing import reach
from minben.proposals.actions.folding import draw_on
from minben.proposals.models import Endorsement, Proposal
from minben.proposals.rules import State

BATCH = 2000


@dataclass(frozen=True, slots=True)
class TakenOver:
    """One endorsement as its source tells it, in order of time.

    Args:
        number: its number in the source, from 1.
        at: when, aware.
        county, township, reason: as published; nickname may be empty.
    """

    number: int
    at: datetime
    county: str
    township: str
    reason: str = ""
    nickname: str = ""


def _rows(proposal: Proposal, given: Iterable[TakenOver]) -> Iterator[Endorsement]:
    for position, row in enumerate(given, start=proposal.numbered + 1):
        yield Endorsement(
            proposal=proposal,
            archive_number=row.number,
            number=position,
            at=row.at,
            nickname=row.nickname[:20],
            county=row.county[:12],
            township=row.township[:40],
            reason=row.reason[:1000],
        )


@transaction.atomic
def take_over_endorsements(
    *, proposal_id: int, rows: Iterable[TakenOver], by: Actor, at: datetime
) -> int:
    """Add endorsements in order; returns how many.

    The one that reaches the threshold starts the response clock at its own time, if the
    proposal is still being endorsed. Only the system and an archive may do this.
    """
    require(by)
    proposal = (
        Proposal.objects.select_for_update(of=("self",), no_key=True)
        .select_related("case__rule_set")
        .get(pk=proposal_id)
    )
    before, numbered = proposal.endorsed, proposal.numbered
    crossing: datetime | None = None
    made = _rows(proposal, rows)
    total = before
    while batch := list(islice(made, BATCH)):
        Endorsement.objects.bulk_create(batch)
        draw_on(proposal, [row.at for row in batch])
        if total < proposal.threshold <= total + len(batch):
            crossing = batch[proposal.threshold - total - 1].at
        total += len(batch)
    proposal.endorsed = total
    proposal.numbered = numbered + total - before
    if proposal.confirmed == numbered:  # none of these has anybody to write to
        proposal.confirmed = proposal.numbered
    proposal.save(update_fields=["endorsed", "numbered", "confirmed"])
    record(
        "proposals.endorsements_taken_over",
        by=by,
        at=at,
        subject=f"proposal:{proposal.pk}",
        case_id=proposal.case_id,
        data={"from": before, "to": total},
    )
    if crossing and proposal.state == State.ENDORSING:
        reach(proposal, crossing)
    return total - before
