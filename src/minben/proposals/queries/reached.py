"""Every proposal that ever reached its threshold (成案之提議), from here or from an archive."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from minben.proposals.models import Proposal


@dataclass(frozen=True, slots=True)
class ReachedCase:
    """A case that reached.

    Args:
        archive_id: its id in the archive it came from; empty for one of this platform.
    """

    case_id: int
    number: str
    archive_id: str
    government: str
    agencies: tuple[str, ...]
    reached_at: datetime


def reached_cases(government: str = "") -> Sequence[ReachedCase]:
    """All that reached and stand so, earliest first; of one government if named. One query."""
    rows = Proposal.objects.filter(reached_at__isnull=False).order_by("reached_at", "pk")
    if government:
        rows = rows.filter(case__jurisdiction__code=government)
    told = rows.values_list(
        "case_id",
        "case__number",
        "archive_id",
        "case__jurisdiction__code",
        "case__agency_names",
        "reached_at",
    )
    return [
        ReachedCase(case_id, number, str(archive_id or ""), code, tuple(names or ()), reached_at)
        for case_id, number, archive_id, code, names, reached_at in told
        if reached_at
    ]
