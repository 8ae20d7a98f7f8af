"""What proposals declare to the public ledger: who counts endorsements, and what we claim."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from minben.ledger.entries import commitment, instant
from minben.ledger.registry import Waiting, claims, consumes, vouches
from minben.proposals.actions.folding import fold
from minben.proposals.actions.inserting import KIND, sealed_part
from minben.proposals.models import CurvePoint, Endorsement, Proposal

consumes(KIND)(fold)


@vouches(KIND)
def agree(acts: Sequence[Waiting]) -> list[bool]:
    """Whether each entry says what its endorsement says, which has not been counted yet."""
    rows = Endorsement.objects.in_bulk([act.ref for act in acts if act.ref is not None])
    seen: set[int] = set()
    found = []
    for act in acts:
        row = rows.get(act.ref or 0)
        good = row is not None and row.number is None and row.pk not in seen
        found.append(row is not None and good and _says(act.entry, row))
        seen.add(act.ref or 0)
    return found


def _says(raw: bytes, row: Endorsement) -> bool:
    sealed = sealed_part(row.person_id or 0, row.nickname, row.county, row.township, row.reason)
    told = json.loads(raw)
    return (
        row.salt is not None
        and bool(told.get("commit") == commitment(bytes(row.salt), sealed))
        and bool(told.get("at") == instant(row.at))
    )


@claims("cases")
def counts() -> Iterable[dict[str, Any]]:  # Any: JSON values
    """What every proposal's page shows: count, threshold, and totals at the end of each day."""
    days: dict[int, dict[str, int]] = {}
    points = CurvePoint.objects.order_by("proposal_id", "day")
    for proposal_id, day, total in points.values_list("proposal_id", "day", "total"):
        days.setdefault(proposal_id, {})[day.isoformat()] = total
    for row in Proposal.objects.select_related("case").order_by("pk").iterator(chunk_size=500):
        yield {
            "case": row.case_id,
            "number": row.case.number,
            "threshold": row.threshold,
            "count": row.endorsed,
            "archived": row.archive_id is not None,
            "totals": days.get(row.pk, {}),
            "reached_at": instant(row.reached_at) if row.reached_at else None,
        }
