"""The public register of hidden proposals (隱藏提議公開登錄): ground and reason for everybody.

A subject and a text are left out where the ground demands it; the reason never is.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page
from django.db.models import Count, F, FilteredRelation, Q, QuerySet

from minben.casework import queries as casework
from minben.casework.rules import DeadlineKind, Outcome
from minben.kernel.actor import Actor
from minben.kernel.refusal import Refusal
from minben.proposals.models import Appeal, Check, Proposal
from minben.proposals.queries.pages import paged
from minben.proposals.rules import State
from minben.proposals.words import Bilingual

PER_PAGE = 30


@dataclass(frozen=True, slots=True)
class HiddenLine:
    """One line of the register; `subject` is empty where it is withheld."""

    number: str
    subject: str
    withheld: bool
    hidden_at: datetime
    ground: Bilingual
    reason: str


@dataclass(frozen=True, slots=True)
class GroundCount:
    """How many proposals are hidden on a ground."""

    code: str
    ground: Bilingual
    n: int


@dataclass(frozen=True, slots=True)
class AppealView:
    """The appeal in a case. `upheld` is None until it is decided; `due_at` is when that is due."""

    filed_at: datetime
    due_at: datetime | None
    upheld: bool | None
    reason: str
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class HiddenEntry:
    """A hidden proposal for one reader.

    Args:
        subject, content, benefits: empty where they are withheld from this reader.
        withheld: the public does not see subject and text.
        appeal_until: until when (exclusive) its proposer may appeal; None when that can't be
            known.
        appealable: this reader may appeal now.
        joins: number of the open proposal its proposer was told to join, and its subject.
    """

    pk: int
    number: str
    case_id: int
    by_me: bool
    subject: str
    content: str
    benefits: str
    evidence: dict[str, Any]  # Any: JSON, see minben.proposals.queries.evidence
    withheld: bool
    filed_at: datetime
    hidden_at: datetime
    ground: Bilingual
    reason: str
    basis: str
    rule_set: str
    appeal: AppealView | None
    appeal_until: datetime | None
    appeal_basis: str
    appealable: bool
    joins: str
    joins_subject: str


def _hidden() -> QuerySet[Proposal]:
    return Proposal.objects.filter(
        state=State.HIDDEN, check_record__decided_at__isnull=False
    ).select_related("case__rule_set", "check_record")


def ground_words(proposal: Proposal) -> Bilingual:
    """The wording of the ground, from the rules the case is under."""
    code = proposal.check_record.ground
    ground = proposal.case.rule_set.rules.ground(code)
    return Bilingual(ground.zh, ground.en) if ground else Bilingual(code)


def ground_counts() -> tuple[GroundCount, ...]:
    """How many are hidden on which ground, most first. Two queries."""
    rows = (
        Check.objects.filter(proposal__state=State.HIDDEN, accepted=False)
        .values_list("ground")
        .annotate(n=Count("pk"))
        .order_by("-n", "ground")
    )
    words = {
        ground.code: Bilingual(ground.zh, ground.en)
        for rule_set in casework.rule_sets()
        for ground in rule_set.rules.grounds
    }
    return tuple(GroundCount(code, words.get(code, Bilingual(code)), n) for code, n in rows)


def hidden_page(number: str | None, ground: str = "") -> "Page[Any]":  # Any: HiddenLine
    """One page of the register, newest first, of one ground or all. Two queries."""
    rows = _hidden().order_by("-check_record__decided_at", "-pk")
    if ground:
        rows = rows.filter(check_record__ground=ground)
    return paged(rows, number, PER_PAGE, _line)


def _line(row: Proposal) -> HiddenLine:
    check = row.check_record
    return HiddenLine(
        number=row.case.number,
        subject="" if check.withheld else row.subject,
        withheld=check.withheld,
        hidden_at=check.decided_at or row.filed_at,
        ground=ground_words(row),
        reason=check.reason,
    )


def hidden_entry(number: str, by: Actor, at: datetime) -> HiddenEntry | None:
    """The register's entry of a case number, or None if that proposal is not hidden. One query."""
    running = "case__deadlines"
    row = (
        _hidden()
        .select_related("appeal", "check_record__merge_into__case")
        .annotate(
            running=FilteredRelation(
                running,
                condition=Q(
                    **{f"{running}__kind": DeadlineKind.APPEAL, f"{running}__outcome": Outcome.OPEN}
                ),
            ),
            appeal_due_at=F("running__due_at"),
        )
        .filter(case__number=number)
        .first()
    )
    return None if row is None else _entry(row, by, at)


def _entry(row: Proposal, by: Actor, at: datetime) -> HiddenEntry:
    check, rules = row.check_record, row.case.rule_set.rules
    by_me = row.proposer_id is not None and row.proposer_id == by.person_id
    shown = by_me or not check.withheld
    hidden_at = check.decided_at or row.filed_at
    until = _appeal_until(row, hidden_at)
    appeal = _appeal(row)
    joins = check.merge_into
    return HiddenEntry(
        pk=row.pk,
        number=row.case.number,
        case_id=row.case_id,
        by_me=by_me,
        subject=row.subject if shown else "",
        content=row.content if shown else "",
        benefits=row.benefits if shown else "",
        evidence=row.evidence if shown else {},
        withheld=check.withheld,
        filed_at=row.filed_at,
        hidden_at=hidden_at,
        ground=ground_words(row),
        reason=check.reason,
        basis=rules.check.basis,
        rule_set=row.case.rule_set.code,
        appeal=appeal,
        appeal_until=until,
        appeal_basis=rules.appeal.basis,
        appealable=by_me and appeal is None and until is not None and at < until,
        joins=joins.case.number if joins else "",
        joins_subject=joins.subject if joins else "",
    )


def _appeal_until(row: Proposal, hidden_at: datetime) -> datetime | None:
    try:
        return casework.due_of(row.case.rule_set.rules.appeal, hidden_at)
    except Refusal:  # beyond the published calendar: no day can be promised
        return None


def _appeal(row: Proposal) -> AppealView | None:
    try:
        filed = row.appeal
    except Appeal.DoesNotExist:
        return None
    return AppealView(
        filed_at=filed.filed_at,
        due_at=getattr(row, "appeal_due_at", None),
        upheld=filed.upheld,
        reason=filed.reason,
        decided_at=filed.decided_at,
    )
