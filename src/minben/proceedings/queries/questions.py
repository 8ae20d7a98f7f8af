"""The question wall: what stands on it, and the little that changes while people look at it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Count, Exists, F, OuterRef, Q, QuerySet, Value

from minben.proceedings.models import Question, QuestionVote
from minben.proceedings.rules.questions import SHOWN, QuestionState


def _rows(meeting_id: int) -> QuerySet[Any]:  # Any: questions with annotations
    """Everything on a wall: most wanted first, then as they came; what is hidden stands last."""
    rows = Question.objects.filter(meeting=meeting_id, removed_at=None)
    hidden = Q(state=QuestionState.HIDDEN)
    return rows.annotate(wanted=Count("votes"), last=hidden).order_by(
        "last", F("wanted").desc(), "at", "pk"
    )


def wall(meeting_id: int, person_id: int | None = None) -> Sequence[Question]:
    """The first `SHOWN` questions with ``wanted``, how many want it, and ``mine``. One query.

    ``mine`` says whether `person_id` is among them, ``own`` whether they asked it.
    """
    rows = _rows(meeting_id)
    if person_id is None:
        nobody = Value(value=False, output_field=BooleanField())
        return list(rows.annotate(mine=nobody, own=nobody)[:SHOWN])
    votes = QuestionVote.objects.filter(question=OuterRef("pk"), person=person_id)
    return list(rows.annotate(mine=Exists(votes), own=Q(author=person_id))[:SHOWN])


def standing(meeting_id: int) -> list[dict[str, Any]]:  # Any: JSON
    """Number, wanted and state of what stands on the wall, in order. One query."""
    found = _rows(meeting_id).values_list("pk", "wanted", "state")[:SHOWN]
    return [{"id": pk, "wanted": wanted, "state": state} for pk, wanted, state in found]


def one(meeting_id: int, question_id: int) -> Question | None:
    """One question of a meeting, also a hidden one. One query."""
    return _rows(meeting_id).filter(pk=question_id).first()


def counts(meeting_id: int) -> dict[str, int]:
    """How many questions are in each state. One query."""
    rows = Question.objects.filter(meeting=meeting_id, removed_at=None).order_by()
    return dict(rows.values_list("state").annotate(n=Count("pk")))


@dataclass(frozen=True, slots=True)
class WallWaits:
    """A meeting with questions nobody answered."""

    meeting_id: int
    number: str
    case_id: int
    ends_at: datetime
    n: int


def walls_waiting(agency_ids: Collection[int], at: datetime) -> list[WallWaits]:
    """Announced meetings of these host agencies that are not over and have open questions. One query."""
    rows = Question.objects.filter(
        meeting__agency__in=agency_ids,
        meeting__state="announced",
        meeting__ends_at__gt=at,
        state=QuestionState.OPEN,
        removed_at=None,
    ).order_by()
    names = ("meeting", "meeting__number", "meeting__case", "meeting__ends_at")
    found = rows.values_list(*names).annotate(n=Count("pk")).order_by("meeting__ends_at")
    return [WallWaits(*row) for row in found]
