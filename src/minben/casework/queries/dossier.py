"""A case with its agencies, deadlines and responses, in one statement (卷宗)."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from minben.base.json_rows import JsonRows
from minben.casework.models import Case, CaseAgency, Deadline, Pause, Response


def whole_cases(at: datetime) -> QuerySet[Case]:
    """Cases with their rule set, government and lead; and as lists of objects, annotated:

    ``parts``
        ``agency_id``, ``code``, ``name_zh``, ``name_en``, ``role``; lead first.
    ``dates``
        ``kind``, ``due_at``, ``base_due_at``, ``outcome``, ``missed_at``, ``basis``; soonest first.
    ``answers``
        ``revision``, ``drafted_at``, ``published_at``, ``interim``, ``adoption``; draft last.

    ``paused`` says whether a pause holds for the government at `at`. One query for a page of them.
    """
    of_case = {"case": OuterRef("pk")}
    pauses = Pause.objects.filter(
        jurisdiction=OuterRef("jurisdiction"),
        cancelled_at=None,
        starts_at__lte=at,
        ends_at__gt=at,
    )
    return Case.objects.select_related("rule_set", "jurisdiction", "lead").annotate(
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
        paused=Exists(pauses),
    )


def case_numbered(number: str) -> Case | None:
    """The case of that number with rule set, government and lead agency. One query."""
    rows = Case.objects.select_related("rule_set", "jurisdiction", "lead")
    return rows.filter(number=number).first()
