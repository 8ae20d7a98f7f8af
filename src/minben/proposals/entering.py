"""What proposals declare to the public ledger: who counts endorsements, and what we claim."""

from collections.abc import Iterable
from typing import Any

from minben.ledger.entries import instant
from minben.ledger.registry import claims, consumes
from minben.proposals.actions.endorsing import KIND
from minben.proposals.actions.folding import fold
from minben.proposals.models import CurvePoint, Proposal

consumes(KIND)(fold)


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
