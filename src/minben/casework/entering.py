"""What casework claims in the public ledger (對外宣稱之期限): every deadline and its outcome."""

from collections.abc import Iterable
from typing import Any

from minben.casework.models import Deadline
from minben.casework.queries import deadline_told
from minben.ledger.registry import claims

TOLD = ("kind", "starts_at", "due_at", "outcome", "outcome_at", "missed_at")


@claims("deadlines")
def deadlines() -> Iterable[dict[str, Any]]:  # Any: JSON values
    """Every deadline as pages show it, by case, in the order they began. One query."""
    rows = Deadline.objects.order_by("case_id", "pk").values_list(
        "case_id", *TOLD, named=True
    )  # no object for each of a hundred thousand
    for row in rows.iterator(chunk_size=2000):
        yield {"case": row.case_id} | deadline_told(row)
