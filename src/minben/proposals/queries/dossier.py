"""What the screen of a case needs of its proposal, beside the case's own row."""

from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from minben.proposals.rules import Stage, State, stage_of

_FIELDS = ("state", "subject", "opens_at", "closes_at", "response_due_at", "endorsed", "threshold")


def with_proposals(cases: QuerySet[Any]) -> QuerySet[Any]:  # Any: cases, and what they carry
    """The same cases with ``proposal_…``: state, subject, opens_at and so on. No query more."""
    named: dict[str, Any] = {f"proposal_{name}": F(f"proposal__{name}") for name in _FIELDS}
    annotated: QuerySet[Any] = cases.annotate(**named, proposal_pk=F("proposal__pk"))
    return annotated


def stage_of_case(case: Any, at: datetime) -> Stage | None:  # Any: a row of `with_proposals`
    """The stage of its proposal; None for a case no citizen brought. No query."""
    if case.proposal_pk is None:
        return None
    return stage_of(
        State(case.proposal_state),
        at,
        opens_at=case.proposal_opens_at,
        closes_at=case.proposal_closes_at,
        response_due_at=case.proposal_response_due_at,
        paused=case.paused,
    )
