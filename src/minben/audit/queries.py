"""Reads of the record."""

from collections.abc import Collection, Sequence

from django.db.models import F, QuerySet

from minben.audit.models import Event
from minben.audit.registry import timeline_codes


def public_history(case_id: int) -> Sequence[Event]:
    """The public events of a case, oldest first. One query."""
    return list(Event.objects.filter(case_id=case_id, kind__in=timeline_codes()))


def of_subject(subject: str) -> Sequence[Event]:
    """Everything recorded of one subject, oldest first, for staff. One query."""
    return list(Event.objects.filter(subject=subject))


def of_case(case_id: int) -> Sequence[Event]:
    """Everything recorded of one case, oldest first, for staff. One query."""
    return list(Event.objects.filter(case_id=case_id))


def cases_with(kind: str, case_ids: Collection[int]) -> set[int]:
    """Those of the cases of which an event of that kind is recorded. One query."""
    rows = Event.objects.filter(kind=kind, case_id__in=case_ids)
    return {case_id for case_id in rows.values_list("case_id", flat=True) if case_id}


def of_cases(case_ids: Collection[int], kinds: Collection[str]) -> Sequence[Event]:
    """The events of these kinds in several cases, oldest first. One query."""
    return list(Event.objects.filter(case_id__in=case_ids, kind__in=kinds))


def has_simulated_rows() -> bool:
    """Say whether anything was ever recorded under a moved clock or by the demo. One query."""
    return Event.objects.filter(simulated=True).exists()


def case_events(case_id: int | F, *, leave_out: Collection[str] = ()) -> QuerySet[Event]:
    """Everything recorded of one case, oldest first, without some kinds; callers slice.

    Inside another query the case may be a column of it.
    """
    return Event.objects.filter(case_id=case_id).exclude(kind__in=leave_out)


def latest(kind: str, subject: str) -> Event | None:
    """The newest event of that kind about one subject, if any. One query."""
    return Event.objects.filter(subject=subject, kind=kind).order_by("-at", "-id").first()


def of_kind(kind: str, limit: int) -> Sequence[Event]:
    """The newest events of one kind, for staff. One query."""
    return list(Event.objects.filter(kind=kind).order_by("-at", "-id")[:limit])


def case_actors(case_id: int) -> set[str]:
    """The ids of all who ever acted in a case. One query."""
    rows = Event.objects.filter(case_id=case_id).order_by()
    return set(rows.values_list("actor", flat=True).distinct())
