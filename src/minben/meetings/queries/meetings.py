"""Meetings by number, by case, coming and past."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Case, Count, F, Q, QuerySet, When

from minben.kernel.actor import Actor, ActorKind, Role
from minben.meetings.models import Meeting
from minben.meetings.rules import MeetingState


def meeting(number: str) -> Meeting | None:
    """The meeting with that number, its case and host agency, if any. One query.

    Whether the reader may see it, `Meeting.is_public` and `may_run` tell.
    """
    return Meeting.objects.select_related("case", "agency").filter(number=number).first()


def meetings_of(case_id: int) -> Sequence[Meeting]:
    """All meetings about a case with their host agencies, planned ones too, the newest first.

    One query.
    """
    return list(Meeting.objects.select_related("agency").filter(case=case_id).order_by("-pk"))


def _public() -> QuerySet[Meeting]:
    shown = [MeetingState.ANNOUNCED, MeetingState.HELD, MeetingState.REPORTED]
    seen = Q(state__in=shown) | Q(state=MeetingState.CANCELLED, announced_at__isnull=False)
    return Meeting.objects.filter(seen).select_related("agency", "case")


def coming(at: datetime) -> QuerySet[Meeting]:
    """Announced meetings that are not over at `at`, the soonest first."""
    return (
        _public().filter(state=MeetingState.ANNOUNCED, ends_at__gt=at).order_by("starts_at", "pk")
    )


def past(at: datetime) -> QuerySet[Meeting]:
    """Announced meetings that are over at `at` or were cancelled, the latest first."""
    over = ~Q(state=MeetingState.ANNOUNCED) | Q(ends_at__lte=at)
    return _public().filter(over).order_by("-starts_at", "-pk")


def announced() -> QuerySet[Meeting]:
    """Every meeting that was announced, the latest first."""
    return _public().order_by(F("starts_at").desc(nulls_last=True), "-pk")


def hosted(actor: Actor) -> QuerySet[Meeting]:
    """Meetings `actor` may run, those that still have something to come first."""
    rows = Meeting.objects.select_related("agency", "case")
    if not actor.has(Role.ADMINISTRATOR) and actor.kind is not ActorKind.SYSTEM:
        rows = rows.filter(agency__in=actor.agency_ids | actor.participates_for)
    open_first = Case(
        When(state__in=[MeetingState.REPORTED, MeetingState.CANCELLED], then=1), default=0
    )
    return rows.order_by(open_first, F("starts_at").asc(nulls_first=True), "pk")


def with_actions(case_id: int) -> Sequence[Meeting]:
    """Meetings about a case, each with `agreed` and `ended`, how many actions it has. One query."""
    rows = Meeting.objects.filter(case=case_id).select_related("agency")
    counted = rows.annotate(
        agreed=Count("actions"),
        ended=Count("actions", filter=Q(actions__ended_at__isnull=False)),
    )
    return list(counted.order_by("-pk"))
