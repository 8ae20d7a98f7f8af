"""What the first page tells (首頁): figures that can be checked, and what wants attention now."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, Sum

from minben.proposals.queries.cards import Card, cards_of, with_cases
from minben.proposals.queries.stages import is_open, public_rows
from minben.proposals.rules import State

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts over all public proposals at one instant.

    Args:
        proposals: public ones, whatever became of them.
        open_now: those that can be endorsed now, or could but for a pause.
        reached: those that ever reached their threshold.
        answered: those with a formal response.
        answers_due: answers whose time is known and that were given or fell due.
        in_time: those of them that were given before the end of their last day.
        endorsements: of all public proposals together.
    """

    proposals: int
    open_now: int
    reached: int
    answered: int
    answers_due: int
    in_time: int
    endorsements: int

    @property
    def in_time_percent(self) -> int | None:
        """Whole percent answered in time, rounded down; None before any answer was due."""
        return self.in_time * 100 // self.answers_due if self.answers_due else None


@dataclass(frozen=True, slots=True)
class Attention:
    """What the first page shows of single proposals."""

    closing: tuple[Card, ...]
    answered: tuple[Card, ...]
    awaiting: tuple[Card, ...]


def figures(at: datetime) -> Figures:
    """Count everything the first page tells. One query."""
    given = Q(answered_at__isnull=False, response_due_at__isnull=False)
    missed = Q(state=State.REACHED, response_due_at__lte=at)
    totals = public_rows().aggregate(
        proposals=Count("pk"),
        open_now=Count("pk", filter=is_open(at)),
        reached=Count("pk", filter=Q(reached_at__isnull=False)),
        answered=Count("pk", filter=Q(state=State.ANSWERED)),
        answers_due=Count("pk", filter=given | missed),
        in_time=Count("pk", filter=Q(answered_at__lt=F("response_due_at"))),
        endorsements=Sum("endorsed"),
    )
    return Figures(**totals | {"endorsements": totals["endorsements"] or 0})


def attention(at: datetime) -> Attention:
    """Closing soonest, answered last, awaiting an answer most pressingly. Four queries."""
    rows = with_cases(public_rows(), at)
    closing = rows.filter(is_open(at), state=State.ENDORSING).order_by("closes_at", "pk")
    answered = rows.filter(state=State.ANSWERED, answered_at__isnull=False)
    awaiting = rows.filter(state=State.REACHED).order_by("response_due_at", "pk")
    parts = [
        list(closing[:SHOWN]),
        list(answered.order_by("-answered_at", "-pk")[:SHOWN]),
        list(awaiting[:SHOWN]),
    ]
    cards = iter(cards_of([row for part in parts for row in part], at))
    shaped = [tuple(next(cards) for _ in part) for part in parts]
    return Attention(*shaped)
