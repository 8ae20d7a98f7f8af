"""Duties (應辦事項): what the government owes by a date, of a case, an agency or everybody."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest

from minben.casework.models import Deadline, Reminder
from minben.casework.rules import DeadlineKind, Outcome

DUTIES = tuple(kind for kind in DeadlineKind if kind is not DeadlineKind.ENDORSE_CLOSE)
SHOWN_MOST = 500
RECENT = timedelta(days=180)


def any_owed(dues: Collection[tuple[int, datetime]]) -> bool:
    """Whether one of these duties still runs and is due at the instant beside it. One query."""
    rows = Deadline.objects.filter(pk__in=[pk for pk, _ in dues], outcome=Outcome.OPEN)
    return not set(rows.values_list("pk", "due_at")).isdisjoint(dues)


def _duties() -> QuerySet[Deadline]:
    rows = Deadline.objects.filter(kind__in=DUTIES)
    return rows.select_related("case", "agency", "extension")


def calendar_of_agency(code: str, at: datetime) -> Sequence[Deadline]:
    """The duties a calendar of an agency shows, of all agencies without `code`. One query.

    What runs, the soonest due first, and what ended in the last half year, at most `SHOWN_MOST`.
    """
    rows = _duties().filter(Q(outcome=Outcome.OPEN) | Q(outcome_at__gt=at - RECENT))
    if code:
        rows = rows.filter(agency__code=code)
    found = rows.order_by("-due_at", "-pk")[:SHOWN_MOST]
    return sorted(found, key=lambda row: (row.due_at, row.pk))


def duties_of_case(case_id: int) -> Sequence[Deadline]:
    """All duties of a case, soonest due first. One query."""
    return list(_duties().filter(case_id=case_id).order_by("due_at", "pk"))


def newest_duties(code: str, limit: int) -> Sequence[Deadline]:
    """Duties of an agency, or of all, whatever happened to them last first. One query."""
    rows = _duties().filter(agency__code=code) if code else _duties()
    beginning = F("starts_at")
    newest = Greatest(
        beginning,
        Coalesce("missed_at", beginning),
        Coalesce("outcome_at", beginning),
        Coalesce("extension__at", beginning),
    )
    return list(rows.order_by(newest.desc(), "-pk")[:limit])


def changed_at(duty: Deadline) -> datetime:
    """When something last happened to a duty read here: begun, extended, missed or ended. No query."""
    extension = getattr(duty, "extension", None)
    told = (
        duty.starts_at,
        duty.missed_at,
        duty.outcome_at,
        extension.at if extension else None,
    )
    return max(one for one in told if one)


def open_duties_of(agency_ids: Collection[int], until: datetime, limit: int) -> Sequence[Deadline]:
    """Running duties of agencies that fall due before `until`, soonest first. One query."""
    rows = _duties().filter(agency__in=agency_ids, outcome=Outcome.OPEN, due_at__lte=until)
    return list(rows.order_by("due_at", "pk")[:limit])


def reminders_of(case_id: int) -> Sequence[Reminder]:
    """When agencies were reminded of duties of a case, newest first. One query."""
    rows = Reminder.objects.filter(deadline__case=case_id).select_related("deadline")
    return list(rows.order_by("-fired_at", "-pk")[:SHOWN_MOST])
