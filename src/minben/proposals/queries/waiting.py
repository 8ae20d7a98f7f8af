"""What of proposals waits for officers (待辦): checks, appeals and answers. One query each."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from minben.base.bulk_acts import Row
from minben.kernel.actor import Actor
from minben.proposals.models import Appeal, Check, Proposal
from minben.proposals.queries.desk import appeals_waiting, awaiting_response, checks_waiting
from minben.proposals.rules import State

MOST = 500  # of one kind in the inbox; the queues themselves have pages


def checks() -> list[Proposal]:
    """The most pressing checks, with ``due_at`` and who holds them. One query."""
    return list(checks_waiting()[:MOST])


def appeals() -> list[Appeal]:
    """The most pressing appeals, with ``due_at``. One query."""
    return list(appeals_waiting()[:MOST])


def answers(agency_ids: Collection[int]) -> list[Any]:  # Any: proposals with ``drafted_at``
    """Proposals these lead agencies must answer, soonest due first. One query."""
    return list(awaiting_response(agency_ids)[:MOST])


def answers_overdue(at: datetime) -> list[Proposal]:
    """Proposals no agency answered in time, longest overdue first. One query."""
    return list(awaiting_response().filter(response_due_at__lte=at)[:MOST])


def checks_open(pks: Collection[int]) -> dict[int, Row]:
    """Those of the proposals that wait for their check, as rows for acts on many. One query."""
    rows = Check.objects.filter(
        proposal__in=pks, decided_at=None, proposal__state=State.CHECKING
    ).order_by("pk")
    told = rows.values_list("proposal_id", "proposal__case_id", "locked_by_id", "locked_until")
    return {pk: Row(case_id, f"{holder} {until}") for pk, case_id, holder, until in told}


def checks_held(pks: Collection[int], by: Actor, at: datetime) -> dict[int, Row]:
    """Those of the proposals whose check this person holds now. One query."""
    rows = Check.objects.filter(
        proposal__in=pks,
        decided_at=None,
        proposal__state=State.CHECKING,
        locked_by_id=by.person_id or 0,
        locked_until__gt=at,
    ).order_by("pk")
    told = rows.values_list("proposal_id", "proposal__case_id", "locked_until")
    return {pk: Row(case_id, f"{until}") for pk, case_id, until in told}
