"""Reports and actions of meetings."""

from collections.abc import Sequence

from django.db.models import QuerySet

from minben.kernel.actor import Actor
from minben.meetings.models import Meeting, Report, TrackedAction


def reports_of(meeting: Meeting) -> Sequence[Report]:
    """All versions, the draft included, the newest first. One query."""
    return list(Report.objects.filter(meeting=meeting).order_by("-version"))


def actions_of(meeting: Meeting) -> Sequence[TrackedAction]:
    """What was agreed, with what was reported of it. Two queries."""
    rows = TrackedAction.objects.filter(meeting=meeting).select_related("agency")
    return list(rows.prefetch_related("updates__agency"))


def _running() -> QuerySet[TrackedAction]:
    rows = TrackedAction.objects.filter(ended_at=None)
    return rows.select_related("meeting__case", "agency").order_by("due_at")


def actions_for(actor: Actor) -> Sequence[TrackedAction]:
    """Running actions of the actor's agencies. One query."""
    return list(_running().filter(agency__in=actor.agency_ids | actor.participates_for))


def late_actions() -> Sequence[TrackedAction]:
    """Running actions whose day has passed, the latest first. One query."""
    return list(_running().filter(late_at__isnull=False))


def case_results(case_id: int) -> Sequence[TrackedAction]:
    """What was agreed at meetings about a case. One query."""
    rows = TrackedAction.objects.filter(meeting__case=case_id)
    return list(rows.select_related("meeting", "agency").order_by("meeting", "number"))


def action(number: str, position: int) -> TrackedAction | None:
    """One action of the meeting of that number, if any. One query."""
    rows = TrackedAction.objects.select_related("meeting__agency", "agency")
    return rows.filter(meeting__number=number, number=position).first()
