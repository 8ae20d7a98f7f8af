"""Opening balances (期初餘額): what was counted before the public ledger began, said in public.

Endorsements of a platform older than its ledger have numbers and no places in it, so nobody could
recount them. One act for each such proposal states how many they were, until when, and which
deadlines stood: once, before any endorsement of it enters. Verifiers tell it apart from what they
have counted themselves.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Min

from minben.audit.actions import Entry, record_many
from minben.casework import queries as casework
from minben.casework.permissions import require
from minben.kernel.actor import Actor
from minben.ledger import actions as ledger
from minben.ledger.entries import instant
from minben.proposals.models import Endorsement, Proposal
from minben.proposals.queries.opening import OPENING, entered_already, unopened


@dataclass(frozen=True, slots=True)
class Opened:
    """What was done.

    Args:
        made: number of the case and endorsements stated, of each.
        late: cases whose endorsements already stand in the ledger; nothing can be stated of them.
    """

    made: tuple[tuple[str, int], ...] = ()
    late: tuple[str, ...] = ()


@transaction.atomic
def open_balances(*, by: Actor, at: datetime) -> Opened:
    """State of every proposal older than the ledger what was counted; safe again and again.

    They get their places at once, before endorsements that wait for theirs. The system only.

    Raises:
        Refusal: ``not_permitted``.
    """
    require(by)
    if not unopened():
        return Opened()  # without waiting for the lock
    ledger.hold()
    cases = unopened()
    late = entered_already(cases)
    proposals = list(
        Proposal.objects.select_for_update(of=("self",), no_key=True)
        .select_related("case")
        .filter(case_id__in=cases)
        .order_by("case_id")
    )
    stated = [row for row in proposals if row.case_id not in late]
    record_many(entries=[_statement(row, at) for row in stated], by=by, at=at)
    while ledger.sequence(by=by, at=at, kind=OPENING):
        pass
    return Opened(
        tuple((row.case.number, row.endorsed) for row in stated),
        tuple(row.case.number for row in proposals if row.case_id in late),
    )


def _statement(proposal: Proposal, at: datetime) -> Entry:
    counted = Endorsement.objects.filter(proposal=proposal, number__isnull=False)
    known = counted.aggregate(since=Min("at"), last=Max("at"))
    data: dict[str, Any] = {  # Any: JSON values
        "number": proposal.case.number,
        "threshold": proposal.threshold,
        "count": proposal.endorsed,
    }
    data |= {name: instant(when) for name, when in known.items() if when}
    if proposal.reached_at:
        data["reached_at"] = instant(proposal.reached_at)
    if proposal.archive_id is not None:
        data["archived"] = True  # its deadlines were somebody else's
    else:
        data["deadlines"] = casework.deadlines_told(proposal.case_id)
    return Entry(OPENING, at, f"proposal:{proposal.pk}", proposal.case_id, data=data)
