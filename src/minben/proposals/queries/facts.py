"""One proposal as its pages know it (提議事實): the row, its case, its rules, and what is mine.

One query finds all of it; a pause is looked up only where one holds.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from minben.casework import queries as casework
from minben.casework.rules import DeadlineKind, Outcome, RuleParameters
from minben.kernel.actor import Actor
from minben.proposals.models import Endorsement, Proposal
from minben.proposals.next_dates import KnownDates, NextDate, next_dates
from minben.proposals.permissions import may_see
from minben.proposals.rules import ENDORSABLE_STATES, Stage, State, endorse_fault, stage_of
from minben.proposals.words import Bilingual

if TYPE_CHECKING:
    from minben.casework.models import RuleSet


@dataclass(frozen=True, slots=True)
class Pause:
    """The pause that holds now: until when (exclusive), why, and where that is laid down."""

    ends_at: datetime
    reason: Bilingual
    source: str


@dataclass(frozen=True, slots=True)
class RuleSetName:
    """The rules a case is under: code, title, and what they say."""

    code: str
    title: Bilingual
    source: str
    rules: RuleParameters


@dataclass(frozen=True, slots=True)
class Mine:
    """The reader's own endorsement; `number` comes a moment after it, with the counting."""

    number: int | None
    at: datetime
    public_name: str
    reason: str
    invalidated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """A proposal at one instant, for one reader.

    Args:
        seen: this reader may see it; see `minben.proposals.permissions.may_see`.
        by_me: the reader proposed it.
        mine: the reader's endorsement, if any.
        fault: why nobody can endorse now (a refusal code), or empty.
        uncounted: endorsements that were taken off the count and are off it now.
        talk_open: comments are taken.
        talk_until: until when (exclusive), or since when no more; None without a date.
    """

    pk: int
    case_id: int
    thread_id: int
    number: str
    subject: str
    content: str
    benefits: str
    evidence: dict[str, Any]  # Any: JSON, see minben.proposals.queries.evidence
    topic: str
    proposer: str
    state: State
    stage: Stage
    threshold: int
    endorsed: int
    uncounted: int
    filed_at: datetime
    opens_at: datetime | None
    closes_at: datetime | None
    reached_at: datetime | None
    response_due_at: datetime | None
    answered_at: datetime | None
    adoption: str
    withdrawn_at: datetime | None
    withdraw_reason: str
    archived: bool
    codrafting: str
    government: Bilingual
    rule_set: RuleSetName
    pause: Pause | None
    dates: tuple[NextDate, ...]
    seen: bool
    by_me: bool
    mine: Mine | None
    fault: str
    talk_open: bool
    talk_until: datetime | None

    @property
    def reached(self) -> bool:
        """It has reached the threshold."""
        return self.reached_at is not None

    @property
    def ended(self) -> bool:
        """It is over without having reached."""
        return self.stage in (Stage.LAPSED, Stage.WITHDRAWN)

    @property
    def missing(self) -> int:
        """Endorsements short of the threshold."""
        return max(self.threshold - self.endorsed, 0)

    @property
    def withdrawable(self) -> bool:
        """The reader may withdraw it now."""
        waiting = (Stage.CHECKING, Stage.SCHEDULED, Stage.ENDORSING, Stage.PAUSED)
        return self.by_me and self.stage in waiting


def rows() -> QuerySet[Proposal]:
    """Proposals with case, rules, thread and the end of a running check (`check_due_at`)."""
    running = "case__deadlines"
    return Proposal.objects.select_related(
        "case__rule_set", "case__jurisdiction", "thread"
    ).annotate(
        running=FilteredRelation(
            running,
            condition=Q(
                **{f"{running}__kind": DeadlineKind.CHECK, f"{running}__outcome": Outcome.OPEN}
            ),
        ),
        check_due_at=F("running__due_at"),
    )


def facts(number: str, by: Actor, at: datetime) -> Facts | None:
    """The proposal of a case number for this reader, or None. One query, or two."""
    mine = Endorsement.objects.filter(proposal=OuterRef("pk"), person_id=by.person_id or 0)
    found = (
        rows()
        .annotate(
            paused=Q(case__jurisdiction__in=casework.paused_jurisdictions(at)),
            **{f"my_{name}": Subquery(mine.values(name)[:1]) for name in _MINE},
        )
        .filter(case__number=number)
        .first()
    )
    return None if found is None else _facts(found, by, at)


_MINE = ("number", "at", "nickname", "county", "township", "reason", "invalidated_at")


def _facts(row: Proposal, by: Actor, at: datetime) -> Facts:
    state, case = State(row.state), row.case
    pause = _pause(row, at)
    stage = stage_of(
        state,
        at,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        response_due_at=row.response_due_at,
        paused=pause is not None,
    )
    return Facts(
        pk=row.pk,
        case_id=row.case_id,
        thread_id=row.thread_id,
        number=case.number,
        subject=row.subject,
        content=row.content,
        benefits=row.benefits,
        evidence=row.evidence,
        topic=row.topic,
        proposer=row.proposer_name,
        state=state,
        stage=stage,
        threshold=row.threshold,
        endorsed=row.endorsed,
        uncounted=max(row.numbered - row.endorsed, 0),
        filed_at=row.filed_at,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        reached_at=row.reached_at,
        response_due_at=row.response_due_at,
        answered_at=row.answered_at,
        adoption=row.adoption,
        withdrawn_at=row.withdrawn_at,
        withdraw_reason=row.withdraw_reason,
        archived=row.archive_id is not None,
        codrafting=str(row.codrafting_id or ""),
        government=Bilingual(case.jurisdiction.name_zh, case.jurisdiction.name_en),
        rule_set=_rule_set_name(case.rule_set),
        pause=pause,
        dates=next_dates(stage, _known_dates(row, pause), case.rule_set.rules, at),
        seen=may_see(by, row),
        by_me=row.proposer_id is not None and row.proposer_id == by.person_id,
        mine=_mine(row),
        fault=endorse_fault(
            state,
            at,
            opens_at=row.opens_at,
            closes_at=row.closes_at,
            paused=pause is not None,
        ),
        talk_open=_talk_is_open(row, at),
        talk_until=row.thread.closed_at,
    )


def _known_dates(row: Proposal, pause: Pause | None) -> KnownDates:
    return KnownDates(
        check_due_at=getattr(row, "check_due_at", None),
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        pause_ends_at=pause.ends_at if pause else None,
        reached_at=row.reached_at,
        response_due_at=row.response_due_at,
    )


def _rule_set_name(rule_set: "RuleSet") -> RuleSetName:
    title = Bilingual(rule_set.title_zh, rule_set.title_en)
    return RuleSetName(rule_set.code, title, rule_set.source, rule_set.rules)


def _talk_is_open(row: Proposal, at: datetime) -> bool:
    closed_at = row.thread.closed_at
    return row.opens_at is not None and (closed_at is None or closed_at > at)


def _pause(row: Proposal, at: datetime) -> Pause | None:
    """The pause that holds; asked for only if there is one, while the window is open."""
    if not getattr(row, "paused", False):
        return None
    if State(row.state) not in ENDORSABLE_STATES or row.opens_at is None or row.closes_at is None:
        return None
    if not row.opens_at <= at < row.closes_at:
        return None
    held = casework.pause_at(row.case.jurisdiction_id, at)
    if held is None:
        return None
    return Pause(held.ends_at, Bilingual(held.reason_zh, held.reason_en), held.source)


def _mine(row: Proposal) -> Mine | None:
    number, at, nickname, county, township, reason, invalid = (
        getattr(row, f"my_{name}") for name in _MINE
    )
    if at is None:
        return None
    place = f"{county}{township}"
    return Mine(number, at, f"{nickname}（{place}）" if place else nickname, reason, invalid)
