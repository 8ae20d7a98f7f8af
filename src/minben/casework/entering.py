"""What casework claims in the public ledger (對外宣稱之期限): every deadline and its outcome."""

from collections.abc import Iterable
from typing import Any

from minben.casework.models import Deadline
from minben.ledger.entries import instant
from minben.ledger.registry import claims


@claims("deadlines")
def deadlines() -> Iterable[dict[str, Any]]:  # Any: JSON values
    """Every deadline as pages show it, by case, in the order they began. One query."""
    rows = Deadline.objects.order_by("case_id", "pk").iterator(chunk_size=2000)
    for row in rows:
        yield {
            "case": row.case_id,
            "kind": row.kind,
            "starts_at": instant(row.starts_at),
            "due_at": instant(row.due_at),
            "outcome": row.outcome,
            "outcome_at": instant(row.outcome_at) if row.outcome_at else None,
            "missed_at": instant(row.missed_at) if row.missed_at else None,
        }
