"""Reads of rule sets, cases, deadlines, pauses and responses."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from minben.casework.models import (
    Case,
    CaseAgency,
    Deadline,
    Extension,
    Pause,
    Response,
    RuleSet,
)
from minben.casework.rules import AgencyRole, DeadlineKind, Outcome
from minben.kernel.calendar import CalendarRangeError, load_calendar
from minben.kernel.periods import Term, extend_for_pauses, local_day
from minben.kernel.refusal import Refusal
from minben.ledger.entries import instant


def rule_set_in_force(jurisdiction_code: str, at: datetime) -> RuleSet:
    """The rules a case filed at `at` is under. Refuses where there are none. One query."""
    day = local_day(at)
    found = (
        RuleSet.objects.filter(
            Q(in_force_until=None) | Q(in_force_until__gt=day),
            jurisdiction__code=jurisdiction_code,
            in_force_from__lte=day,
        )
        .select_related("jurisdiction")
        .order_by("-in_force_from")
        .first()
    )
    if found is None:
        raise Refusal("no_rule_set_in_force", day=day.isoformat())
    return found


def due_of(term: Term, start: datetime) -> datetime:
    """When a term that begins at `start` ends (exclusive), on the shipped calendar. No query.

    Refuses ``beyond_calendar`` when that asks for days no published calendar covers.
    """
    try:
        return term.due(start, load_calendar())
    except CalendarRangeError as error:
        raise Refusal("beyond_calendar", day=error.day.isoformat() if error.day else "") from error


def rule_sets_in_force(at: datetime) -> Sequence[RuleSet]:
    """The rules each government has in force at `at`, in their official order. One query."""
    day = local_day(at)
    rows = RuleSet.objects.filter(
        Q(in_force_until=None) | Q(in_force_until__gt=day), in_force_from__lte=day
    ).select_related("jurisdiction")
    newest = {row.jurisdiction_id: row for row in rows.order_by("in_force_from")}
    return sorted(newest.values(), key=lambda row: (row.jurisdiction.position, row.code))


def pauses_at(at: datetime) -> Sequence[Pause]:
    """All pauses that hold at `at`, whatever the government. One query."""
    return list(Pause.objects.filter(cancelled_at=None, starts_at__lte=at, ends_at__gt=at))


def rule_sets() -> Sequence[RuleSet]:
    """All rule sets with their governments. One query."""
    return list(RuleSet.objects.select_related("jurisdiction"))


def rule_set(code: str) -> RuleSet:
    """One rule set; refuses an unknown code. One query."""
    found = RuleSet.objects.select_related("jurisdiction").filter(code=code).first()
    if found is None:
        raise Refusal("rule_set_unknown", rule_set=code)
    return found


def case(pk: int) -> Case:
    """One case with rule set, government and lead agency. One query."""
    return Case.objects.select_related("rule_set", "jurisdiction", "lead").get(pk=pk)


@dataclass(frozen=True, slots=True)
class AgencyPart:
    """An agency in a case: its code, its names, and whether it leads."""

    code: str
    name_zh: str
    name_en: str
    leads: bool


def agencies_of_cases(case_ids: Collection[int]) -> dict[int, tuple[AgencyPart, ...]]:
    """The agencies of several cases, lead first, by case. One query."""
    found: dict[int, tuple[AgencyPart, ...]] = {}
    rows = CaseAgency.objects.filter(case__in=case_ids).select_related("agency")
    for row in rows:
        part = AgencyPart(
            row.agency.code, row.agency.name_zh, row.agency.name_en, row.role == AgencyRole.LEAD
        )
        found[row.case_id] = (*found.get(row.case_id, ()), part)
    return found


def open_deadlines() -> QuerySet[Deadline]:
    """All running deadlines, soonest first; callers filter and slice."""
    return Deadline.objects.filter(outcome=Outcome.OPEN).select_related("case", "agency")


def deadlines_of(case_id: int) -> Sequence[Deadline]:
    """The deadlines of a case, soonest first. One query."""
    return list(Deadline.objects.filter(case_id=case_id))


def deadlines_told(case_id: int) -> list[dict[str, Any]]:  # Any: JSON values
    """The deadlines of a case in the order they began, as the public ledger tells them. One query."""
    return [
        {"subject": f"deadline:{row.pk}"}
        | {name: value for name, value in deadline_told(row).items() if value is not None}
        for row in Deadline.objects.filter(case_id=case_id).order_by("pk")
    ]


def deadline_told(row: Deadline) -> dict[str, Any]:  # Any: JSON values
    """A deadline and its outcome, as JSON."""
    return {
        "kind": row.kind,
        "starts_at": instant(row.starts_at),
        "due_at": instant(row.due_at),
        "outcome": row.outcome,
        "outcome_at": instant(row.outcome_at) if row.outcome_at else None,
        "missed_at": instant(row.missed_at) if row.missed_at else None,
    }


def open_deadline(case_id: int, kind: DeadlineKind) -> Deadline | None:
    """The running deadline of that kind, if any. One query."""
    return Deadline.objects.filter(case_id=case_id, kind=kind, outcome=Outcome.OPEN).first()


def pauses_of(jurisdiction_id: int) -> Sequence[Pause]:
    """Pauses that hold for a government, earliest first; cancelled ones left out. One query."""
    return list(Pause.objects.filter(jurisdiction_id=jurisdiction_id, cancelled_at=None))


def pause_at(jurisdiction_id: int, at: datetime) -> Pause | None:
    """The pause that holds at `at`, if any. One query."""
    return Pause.objects.filter(
        jurisdiction_id=jurisdiction_id, cancelled_at=None, starts_at__lte=at, ends_at__gt=at
    ).first()


def pause(pk: int) -> Pause:
    """One pause. Raises Pause.DoesNotExist. One query."""
    return Pause.objects.get(pk=pk)


def paused_jurisdictions(at: datetime) -> QuerySet[Pause, int]:
    """Ids of the governments for which a pause holds at `at`, to be used inside another query."""
    held = Pause.objects.filter(cancelled_at=None, starts_at__lte=at, ends_at__gt=at)
    return held.order_by().values_list("jurisdiction_id", flat=True)


def all_pauses() -> Sequence[Pause]:
    """Every pause ever declared, newest first. One query."""
    return list(Pause.objects.select_related("jurisdiction").order_by("-starts_at"))


def responses_of(case_id: int) -> Sequence[Response]:
    """Published responses, oldest first. One query."""
    return list(
        Response.objects.filter(case_id=case_id, published_at__isnull=False).select_related(
            "agency"
        )
    )


def agencies_of_case(case_id: int) -> Sequence[CaseAgency]:
    """The agencies of a case, lead first. One query."""
    return list(CaseAgency.objects.filter(case_id=case_id).select_related("agency"))


def held_case(pk: int) -> Case:
    """One case, locked until the transaction ends: before hand-overs of it. One query."""
    return Case.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)


def leads_of(case_id: int) -> list[int]:
    """The agencies that lead a case, the first one first. One query."""
    rows = CaseAgency.objects.filter(case_id=case_id, role=AgencyRole.LEAD)
    return list(rows.values_list("agency_id", flat=True))


def cases_led_by(agency_ids: Collection[int]) -> QuerySet[CaseAgency, int]:
    """Ids of the cases these agencies lead, alone or jointly, to be used inside another query."""
    rows = CaseAgency.objects.filter(agency__in=agency_ids, role=AgencyRole.LEAD)
    return rows.order_by().values_list("case_id", flat=True)


def find_pause(pk: int) -> Pause | None:
    """One pause with its government, if it exists. One query."""
    return Pause.objects.select_related("jurisdiction").filter(pk=pk).first()


def pauses_ahead(at: datetime) -> Sequence[Pause]:
    """Pauses that hold at `at` or are still to come, of all governments. One query."""
    rows = Pause.objects.filter(cancelled_at=None, ends_at__gt=at)
    return list(rows.select_related("jurisdiction"))


def windows_moved(
    jurisdiction_id: int,
    *,
    add: tuple[datetime, datetime] | None = None,
    without: int | None = None,
) -> int:
    """How many open endorsing windows would close at another time. Two queries, nothing written.

    Args:
        add: a pause that might be declared, as a half-open interval.
        without: a pause that might be cancelled.
    """
    pauses = [
        (row.starts_at, row.ends_at) for row in pauses_of(jurisdiction_id) if row.pk != without
    ]
    pauses += [add] if add else []
    windows = Deadline.objects.filter(
        case__jurisdiction_id=jurisdiction_id,
        kind=DeadlineKind.ENDORSE_CLOSE,
        outcome=Outcome.OPEN,
    )
    return sum(
        extend_for_pauses(starts_at, base_due_at, pauses) != due_at
        for starts_at, base_due_at, due_at in windows.values_list(
            "starts_at", "base_due_at", "due_at"
        )
    )


def published_responses(case_ids: Collection[int]) -> Sequence[tuple[int, int, datetime]]:
    """Id, case and time of the published responses of several cases, oldest first. One query."""
    rows = Response.objects.filter(case__in=case_ids, published_at__isnull=False)
    rows = rows.order_by("published_at", "id").only("case_id", "published_at")
    return [(row.pk, row.case_id, row.published_at) for row in rows if row.published_at]


def numbers_in_use(numbers: Collection[str]) -> set[str]:
    """Those of the case numbers that some case has. One query."""
    return set(Case.objects.filter(number__in=numbers).values_list("number", flat=True))


def draft_of(case_id: int) -> Response | None:
    """The unpublished draft with its agency, if any. One query."""
    rows = Response.objects.filter(case_id=case_id, published_at=None)
    return rows.select_related("agency").first()


def next_due(at: datetime) -> datetime | None:
    """The soonest instant at which a running deadline falls due, for the sandbox. One query."""
    return (
        Deadline.objects.filter(outcome=Outcome.OPEN, due_at__gt=at)
        .order_by("due_at")
        .values_list("due_at", flat=True)
        .first()
    )


def latest_extension(case: Case, deadline: Deadline) -> datetime:
    """The latest instant (exclusive) to which a deadline may be extended. No query."""
    return due_of(case.rule_set.rules.duties.extension, deadline.due_at)


def extension_of(deadline: Deadline) -> Extension | None:
    """The extension of a deadline, if there is one. One query."""
    return Extension.objects.filter(deadline=deadline).first()
