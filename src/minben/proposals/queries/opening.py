"""Which proposals are older than the public ledger, and what it says of them (期初餘額)."""

from collections.abc import Collection
from datetime import datetime

from minben.ledger import queries as ledger
from minben.ledger.entries import read, read_instant
from minben.proposals.models import Endorsement, Proposal

OPENING = "proposals.opening_balance"
BEGINNINGS = ("casework.filed", "proposals.imported", OPENING)
"""What the first entry of a case is."""


def unopened() -> set[int]:
    """Cases of which the ledger does not say where they begin. Three queries."""
    return set(Proposal.objects.values_list("case_id", flat=True)) - ledger.cases_of(BEGINNINGS)


def entered_already(case_ids: Collection[int]) -> set[int]:
    """Those of the cases whose endorsements have places in the ledger. One query."""
    rows = Endorsement.objects.filter(proposal__case__in=case_ids, leaf_index__isnull=False)
    return set(rows.order_by().values_list("proposal__case_id", flat=True).distinct())


def to_be_opened() -> set[int]:
    """Cases older than the ledger of which it can still be told what was counted. Four queries."""
    older = unopened()
    return older - entered_already(older) if older else older


def opened_at() -> dict[int, datetime]:
    """When the ledger took over counting from what was before it, by case. One query."""
    rows = ledger.leaves_of_kind(OPENING).values_list("case_id", "entry")
    return {case or 0: read_instant(read(bytes(entry))["at"]) for case, entry in rows}
