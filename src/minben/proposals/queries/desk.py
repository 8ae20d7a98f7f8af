"""Reads for the staff desk (公務工作檯): what waits, until when, and for whom."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Count, F, FilteredRelation, Max, Model, Q, QuerySet, Window

from minben.casework import queries as casework
from minben.casework.rules import DeadlineKind, Outcome
from minben.kernel.periods import end_of, local_day
from minben.proposals.models import Appeal, Draft, Proposal
from minben.proposals.queries.similar import candidates
from minben.proposals.rules import State

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Tally:
    """How much waits; how much of that is late, and how much falls due before today ends."""

    waiting: int
    overdue: int
    today: int


@dataclass(frozen=True, slots=True)
class ThreadPlace:
    """Where a discussion takes place: a proposal's page, or a co-drafting (then no number)."""

    subject: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Pressing:
    """The first rows of a queue, most pressing first, and how much waits altogether."""

    rows: tuple[Any, ...]  # Any: proposals or appeals, with their annotations
    tally: Tally


def most_pressing(rows: QuerySet[M], at: datetime, due: str = "due_at", limit: int = 5) -> Pressing:
    """The first `limit` of `rows`, and all of them counted by their field `due`. One query."""
    midnight = end_of(local_day(at))
    late, today = Q(**{f"{due}__lte": at}), Q(**{f"{due}__gt": at, f"{due}__lte": midnight})
    counted: Any = rows.annotate(
        n_waiting=Window(Count("pk")),
        n_overdue=Window(Count("pk", filter=late)),
        n_today=Window(Count("pk", filter=today)),
    )
    found = tuple(counted[:limit])
    if not found:
        return Pressing((), Tally(0, 0, 0))
    first = found[0]
    return Pressing(found, Tally(first.n_waiting, first.n_overdue, first.n_today))


def _with_due(rows: QuerySet[M], kind: DeadlineKind, path: str = "") -> Any:
    """Annotate `due_at`, the running deadline of that kind; a case has at most one.

    Any: a queryset of the same rows; its types do not know the annotation.
    """
    running = f"{path}case__deadlines"
    return rows.annotate(
        running=FilteredRelation(
            running, condition=Q(**{f"{running}__kind": kind, f"{running}__outcome": Outcome.OPEN})
        ),
        due_at=F("running__due_at"),
    )


def checks_waiting() -> QuerySet[Proposal]:
    """Proposals that wait for their check with `due_at`, soonest first, and who holds them."""
    rows = Proposal.objects.filter(state=State.CHECKING).select_related(
        "case__jurisdiction", "check_record__locked_by"
    )
    waiting: QuerySet[Proposal] = _with_due(rows, DeadlineKind.CHECK)
    return waiting.order_by(F("running__due_at"), "pk")


def checks_held_by(person_id: int | None, at: datetime) -> QuerySet[Proposal]:
    """Those of the waiting checks whose lock this person holds at `at`."""
    return checks_waiting().filter(
        check_record__locked_by_id=person_id or 0, check_record__locked_until__gt=at
    )


def proposal_of(number: str) -> Proposal | None:
    """The proposal of a case number with all that the desk shows of it. One query.

    One taken over from an archive has no `check_record`.
    """
    rows = Proposal.objects.select_related(
        "case__rule_set",
        "case__jurisdiction",
        "case__lead",
        "check_record__locked_by",
        "check_record__merge_into__case",
    )
    found: QuerySet[Proposal] = _with_due(rows, DeadlineKind.CHECK)
    return found.filter(case__number=number).first()


def check_of(number: str) -> Proposal | None:
    """The proposal of a case number if it went through a check here. One query."""
    proposal = proposal_of(number)
    return proposal if proposal is not None and hasattr(proposal, "check_record") else None


def merge_targets(proposal: Proposal, at: datetime, limit: int = 10) -> list[Proposal]:
    """Proposals open for endorsement whose subjects are like this one's, most alike first.

    Two queries. The checker judges; nothing is cut off for being little alike.
    """
    rows = Proposal.objects.filter(state=State.ENDORSING, closes_at__gt=at)
    return list(candidates(proposal.subject, rows.exclude(pk=proposal.pk)))[:limit]


def appeals_waiting() -> QuerySet[Appeal]:
    """Appeals that wait for their decision with `due_at`, soonest first."""
    rows = Appeal.objects.filter(decided_at=None).select_related("proposal__case__jurisdiction")
    waiting: QuerySet[Appeal] = _with_due(rows, DeadlineKind.APPEAL, "proposal__")
    return waiting.order_by(F("running__due_at"), "pk")


def appeal_of(number: str) -> Appeal | None:
    """The appeal in a case, decided or not, with the decision it attacks. One query."""
    rows = Appeal.objects.select_related(
        "proposal__case__rule_set",
        "proposal__case__jurisdiction",
        "proposal__check_record__merge_into__case",
    )
    found: QuerySet[Appeal] = _with_due(rows, DeadlineKind.APPEAL, "proposal__")
    return found.filter(proposal__case__number=number).first()


def awaiting_response(agency_ids: Collection[int] | None = None) -> QuerySet[Proposal]:
    """Proposals that reached and are not answered, by due date; of these lead agencies, or of all.

    `drafted_at` says when a draft was last saved, if there is one.
    """
    rows = Proposal.objects.filter(state=State.REACHED).select_related("case__lead")
    if agency_ids is not None:
        rows = rows.filter(case__in=casework.cases_led_by(agency_ids))
    return rows.annotate(
        drafted_at=Max("case__responses__drafted_at", filter=Q(case__responses__published_at=None))
    ).order_by("response_due_at", "pk")


def answered_by(agency_ids: Collection[int], limit: int = 10) -> list[Proposal]:
    """What these agencies answered last. One query."""
    rows = Proposal.objects.filter(state=State.ANSWERED, case__in=casework.cases_led_by(agency_ids))
    return list(rows.select_related("case__lead").order_by("-answered_at")[:limit])


def places_of_threads(thread_ids: Collection[int]) -> dict[int, ThreadPlace]:
    """What the discussions are about, by thread. Two queries."""
    places = {
        thread_id: ThreadPlace(subject)
        for thread_id, subject in Draft.objects.filter(thread__in=thread_ids).values_list(
            "thread_id", "subject"
        )
        if thread_id is not None
    }
    rows = Proposal.objects.filter(thread__in=thread_ids)
    for thread_id, subject, number in rows.values_list("thread_id", "subject", "case__number"):
        places[thread_id] = ThreadPlace(subject, number)
    return places
