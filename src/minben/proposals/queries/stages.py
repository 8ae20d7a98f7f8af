"""What is public, and its stage at an instant, told by the database (公開與階段).

The same answer as `minben.proposals.rules.stage_of`, as an expression, so that lists can be
filtered, counted and cut into pages by stage.
"""

from datetime import datetime

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When

from minben.casework import queries as casework
from minben.proposals.models import Proposal
from minben.proposals.rules import ENDORSABLE_STATES, PUBLIC_STATES, Stage, State

LISTED_STAGES = (
    Stage.ENDORSING,
    Stage.SCHEDULED,
    Stage.PAUSED,
    Stage.REACHED,
    Stage.OVERDUE,
    Stage.ANSWERED,
    Stage.LAPSED,
    Stage.WITHDRAWN,
)
"""Stages a public proposal can be in, in the order a reader is offered them."""


def public_rows() -> QuerySet[Proposal]:
    """Proposals everybody may read whole; withdrawn before its check, one never became public."""
    return Proposal.objects.filter(state__in=list(PUBLIC_STATES), opens_at__isnull=False)


def is_open(at: datetime) -> Q:
    """Can be endorsed at `at`, but for a pause."""
    return Q(state__in=list(ENDORSABLE_STATES), opens_at__lte=at, closes_at__gt=at)


def stage_at(at: datetime) -> Case:
    """The stage of a row at `at`, as an expression. Adds no query."""
    endorsing = Q(state=State.ENDORSING)
    paused = Q(case__jurisdiction__in=casework.paused_jurisdictions(at))
    return Case(
        When(endorsing & Q(opens_at__gt=at), then=Value(Stage.SCHEDULED.value)),
        When(endorsing & Q(closes_at__lte=at), then=Value(Stage.LAPSED.value)),
        When(endorsing & paused, then=Value(Stage.PAUSED.value)),
        When(state=State.REACHED, response_due_at__lte=at, then=Value(Stage.OVERDUE.value)),
        default=F("state"),
        output_field=CharField(),
    )
