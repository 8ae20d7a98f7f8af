"""A case with its agencies, deadlines and responses, in one statement (卷宗)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from minben.base.json_rows import JsonRows, instant_of
from minben.casework.models import Case, CaseAgency, Deadline, Pause, Reminder, Response

REMINDERS_MOST = 20


@dataclass(frozen=True, slots=True)
class Reminded:
    """That an agency was told of a duty: days before its last day, when, and how many people."""

    kind: str
    mark: int
    fired_at: datetime
    told: int


def reminded(rows: Sequence[Mapping[str, Any]]) -> tuple[Reminded, ...]:  # Any: JSON
    """The ``reminders`` of `whole_cases` as values."""
    return tuple(
        Reminded(one["kind"], one["mark"], at, one["told"])
        for one in rows
        if (at := instant_of(one["fired_at"])) is not None
    )


def whole_cases(at: datetime) -> QuerySet[Case]:
    """Cases with their rule set, government and lead; and as lists of objects, annotated:

    ``parts``
        ``agency_id``, ``code``, ``name_zh``, ``name_en``, ``role``; lead first.
    ``dates``
        ``kind``, ``due_at``, ``base_due_at``, ``outcome``, ``missed_at``, ``basis``; soonest first.
    ``answers``
        ``revision``, ``drafted_at``, ``published_at``, ``interim``, ``adoption``; draft last.

    ``reminders``
        ``kind``, ``mark``, ``fired_at``, ``told``; newest first, as many as a page shows.

    One query for a page of them.
    """
    of_case = {"case": OuterRef("pk")}
    return known_cases(at).annotate(
        parts=JsonRows(
            CaseAgency.objects.filter(**of_case),
            "agency_id",
            "role",
            code="agency__code",
            name_zh="agency__name_zh",
            name_en="agency__name_en",
        ),
        dates=JsonRows(
            Deadline.objects.filter(**of_case),
            *("kind", "due_at", "base_due_at", "outcome", "missed_at", "basis"),
        ),
        answers=JsonRows(
            Response.objects.filter(**of_case).order_by("published_at", "pk"),
            *("revision", "drafted_at", "published_at", "interim", "adoption"),
        ),
        reminders=JsonRows(
            Reminder.objects.filter(deadline__case=OuterRef("pk")).order_by("-fired_at", "-pk")[
                :REMINDERS_MOST
            ],
            *("mark", "fired_at", "told"),
            kind="deadline__kind",
        ),
    )


def known_cases(at: datetime) -> QuerySet[Case]:
    """Cases with rule set, government, lead, and whether one is paused at `at`, as ``paused``."""
    pauses = Pause.objects.filter(
        jurisdiction=OuterRef("jurisdiction"),
        cancelled_at=None,
        starts_at__lte=at,
        ends_at__gt=at,
    )
    rows = Case.objects.select_related("rule_set", "jurisdiction", "lead")
    return rows.annotate(paused=Exists(pauses))


def cases_of_agencies(agency_ids: Collection[int]) -> QuerySet[CaseAgency, int]:
    """Ids of the cases these agencies have a part in, to be used inside another query."""
    rows = CaseAgency.objects.filter(agency__in=agency_ids).order_by()
    return rows.values_list("case_id", flat=True)


def case_numbered(number: str) -> Case | None:
    """The case of that number with rule set, government and lead agency. One query."""
    rows = Case.objects.select_related("rule_set", "jurisdiction", "lead")
    return rows.filter(number=number).first()
