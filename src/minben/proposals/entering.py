"""What proposals declare to the public ledger: who counts, what comes first, and what we claim."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from minben.base.bulk import among
from minben.kernel.periods import local_day
from minben.ledger.entries import commitment, instant
from minben.ledger.registry import Waiting, claims, comes_first, consumes, vouches
from minben.proposals.actions.folding import fold
from minben.proposals.actions.inserting import KIND, sealed_part
from minben.proposals.models import CurvePoint, Endorsement, Proposal
from minben.proposals.queries.opening import opened_at, to_be_opened

consumes(KIND)(fold)


@vouches(KIND)
def agree(acts: Sequence[Waiting]) -> list[bool]:
    """Whether each entry says what its endorsement says, which has not been counted yet."""
    refs = [act.ref for act in acts if act.ref is not None]
    uncounted = Endorsement.objects.filter(among(Endorsement, refs), number=None)
    rows = {pk: told for pk, *told in uncounted.values_list("pk", *_SAID)}
    found = []
    for act in acts:
        said = rows.pop(act.ref or 0, None)  # a second entry of the same row says nothing
        found.append(said is not None and _says(act.entry, *said))
    return found


_SAID = ("person_id", "nickname", "county", "township", "reason", "salt", "at")


def _says(
    raw: bytes,
    person_id: int | None,
    nickname: str,
    county: str,
    township: str,
    reason: str,
    salt: bytes | None,
    at: datetime,
) -> bool:
    if salt is None:
        return False
    sealed = sealed_part(person_id or 0, nickname, county, township, reason)
    told = json.loads(raw)
    return bool(
        told.get("commit") == commitment(bytes(salt), sealed) and told.get("at") == instant(at)
    )


@comes_first
def nothing_unsaid() -> str:
    """Why nothing may be entered: proposals are older than the ledger, which does not say so."""
    older = len(to_be_opened())
    return f"{older} proposals are older than the ledger: minben ledger open" if older else ""


@claims("cases")
def counts() -> Iterable[dict[str, Any]]:  # Any: JSON values
    """What every proposal's page shows: count, threshold, and totals at the end of each day.

    Of one that is older than the ledger no totals up to the day of its opening balance: what they
    grew from has no places.
    """
    opened = {case: local_day(at) for case, at in opened_at().items()}
    days: dict[int, dict[str, int]] = {}
    points = CurvePoint.objects.order_by("proposal_id", "day")
    for proposal_id, day, total in points.values_list("proposal_id", "day", "total"):
        days.setdefault(proposal_id, {})[day.isoformat()] = total
    for row in Proposal.objects.select_related("case").order_by("pk").iterator(chunk_size=500):
        told, since = days.get(row.pk, {}), opened.get(row.case_id)
        if since is not None:
            told = {day: total for day, total in told.items() if day > since.isoformat()}
        yield {
            "case": row.case_id,
            "number": row.case.number,
            "threshold": row.threshold,
            "count": row.endorsed,
            "archived": row.archive_id is not None,
            "totals": told,
            "reached_at": instant(row.reached_at) if row.reached_at else None,
        }
