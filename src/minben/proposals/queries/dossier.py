"""What the screen of a case needs of its proposal, beside the case's own row."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from minben.casework.queries.dossier import cases_of_agencies, known_cases
from minben.proposals.rules import Stage, State, stage_of

_FIELDS = ("state", "subject", "opens_at", "closes_at", "response_due_at", "endorsed", "threshold")


def with_proposals(cases: QuerySet[Any]) -> QuerySet[Any]:  # Any: cases, and what they carry
    """The same cases with ``proposal_…``: state, subject, opens_at and so on. No query more."""
    named: dict[str, Any] = {f"proposal_{name}": F(f"proposal__{name}") for name in _FIELDS}
    annotated: QuerySet[Any] = cases.annotate(**named, proposal_pk=F("proposal__pk"))
    return annotated


def cases_known(
    at: datetime,
    words: str = "",
    *,
    agency_ids: Collection[int] | None = None,
    without_agency: bool = False,
) -> QuerySet[Any]:  # Any: cases with what `with_proposals` adds
    """Every case, newest first; by number or subject, of some agencies, or those without any."""
    rows = with_proposals(known_cases(at))
    if agency_ids is not None:
        rows = rows.filter(pk__in=cases_of_agencies(agency_ids))
    if words:
        subject = Q(subject__icontains=words) | Q(proposal__subject__icontains=words)
        rows = rows.filter(subject | Q(number__icontains=words))
    if without_agency:
        running = [State.CHECKING, State.ENDORSING, State.REACHED]
        rows = rows.filter(lead=None, proposal__state__in=running)
    return rows.order_by("-filed_at", "-pk")


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
