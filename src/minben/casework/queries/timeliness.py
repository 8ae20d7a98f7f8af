"""How long answers took (回應時效): the dates of a case's answer and its due date, case by case."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Min, Q

from minben.casework.models import Deadline, Response
from minben.casework.rules import DeadlineKind


@dataclass(frozen=True, slots=True)
class Answered:
    """When a case was answered. Instants are aware.

    Args:
        first_at, last_at: of the published posts, notices and reports of progress included.
        final_at: of the formal response.
    """

    first_at: datetime | None = None
    last_at: datetime | None = None
    final_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """The duty to answer, as it was computed and stored. `due_at` and `base_due_at` are exclusive."""

    base_due_at: datetime
    due_at: datetime
    missed_at: datetime | None
    outcome: str
    basis: str


def answers_of(case_ids: Collection[int]) -> dict[int, Answered]:
    """The dates of the published posts of several cases, by case. One query."""
    rows = (
        Response.objects.filter(case__in=case_ids, published_at__isnull=False)
        .order_by()
        .values("case_id")
        .annotate(
            first=Min("published_at"),
            last=Max("published_at"),
            final=Min("published_at", filter=Q(interim=False)),
        )
    )
    return {row["case_id"]: Answered(row["first"], row["last"], row["final"]) for row in rows}


def answer_dues_of(case_ids: Collection[int]) -> dict[int, Due]:
    """The newest duty to answer of several cases, by case. One query."""
    rows = Deadline.objects.filter(case__in=case_ids, kind=DeadlineKind.RESPONSE).order_by("pk")
    return {
        row.case_id: Due(row.base_due_at, row.due_at, row.missed_at, row.outcome, row.basis)
        for row in rows
    }
