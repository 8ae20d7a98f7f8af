"""A proposal as a line of a list (提議卡片): the same in lists, on the home page, in feeds, for machines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.functional import Promise

from minben.casework import queries as casework
from minben.casework.queries import AgencyPart
from minben.kernel.text import excerpt
from minben.proposals.labels import county_label
from minben.proposals.models import Proposal
from minben.proposals.next_dates import KnownDates, NextDate, Step, next_dates
from minben.proposals.queries.stages import stage_at
from minben.proposals.rules import Stage
from minben.proposals.words import Bilingual, step_words

SUMMARY = 120  # characters of the content told in feeds


@dataclass(frozen=True, slots=True)
class Card:
    """One line.

    Args:
        number: case number, which is also its address.
        agencies: responsible agencies, lead first, by the names they had.
        codes: codes of these agencies; empty where an archive named them only by name.
        next: the most pressing date to come that somebody can act on, if there is one.
    """

    pk: int
    number: str
    subject: str
    summary: str
    topic: str
    stage: Stage
    proposer: str
    county: str
    government: Bilingual
    government_code: str
    agencies: tuple[Bilingual, ...]
    codes: tuple[str, ...]
    threshold: int
    endorsed: int
    filed_at: datetime
    opens_at: datetime | None
    closes_at: datetime | None
    reached_at: datetime | None
    response_due_at: datetime | None
    answered_at: datetime | None
    adoption: str
    next: NextDate | None

    @property
    def reached(self) -> bool:
        """It has reached the threshold."""
        return self.reached_at is not None

    @property
    def ended(self) -> bool:
        """It is over without having reached, so its bar fades."""
        return self.stage in (Stage.LAPSED, Stage.WITHDRAWN)

    @property
    def goal(self) -> int:
        """The threshold, or 0 before there is anything to count (no bar is shown then)."""
        uncounted = (Stage.CHECKING, Stage.HIDDEN)
        return 0 if self.stage in uncounted else self.threshold

    @property
    def place(self) -> str:
        """The proposer's county or city in the reader's language."""
        return county_label(self.county)

    @property
    def next_what(self) -> str | Promise:
        """What happens next, a few words."""
        return step_words(self.next) if self.next else ""


def with_cases(rows: QuerySet[Proposal], at: datetime) -> QuerySet[Proposal]:
    """`rows` with what `cards_of` reads, so that it asks nothing more about each."""
    return (
        rows.select_related("case__rule_set", "case__jurisdiction")
        .defer("evidence", "benefits", "withdraw_reason")
        .annotate(stage=stage_at(at))
    )


def cards_of(rows: Iterable[Proposal], at: datetime, *, agencies: bool = True) -> list[Card]:
    """Shape rows of `with_cases`. One query for all their agencies, one more during a pause.

    Without `agencies` they are named in Chinese only and their codes are missing.
    """
    shown = list(rows)
    if not shown:
        return []
    ids = [row.case_id for row in shown] if agencies else []
    parts = casework.agencies_of_cases(ids) if ids else {}
    paused = any(_stage(row) is Stage.PAUSED for row in shown)
    held = casework.pauses_at(at) if paused else ()
    pauses = {pause.jurisdiction_id: pause.ends_at for pause in held}
    return [_card(row, parts.get(row.case_id, ()), pauses, at) for row in shown]


def _stage(row: Proposal) -> Stage:
    return Stage(row.stage)  # type: ignore[attr-defined]  # annotated


def _card(
    row: Proposal, parts: Sequence[AgencyPart], pauses: dict[int, datetime], at: datetime
) -> Card:
    stage, case = _stage(row), row.case
    coming = next_dates(stage, _known(row, stage, pauses), case.rule_set.rules, at)
    return Card(
        pk=row.pk,
        number=case.number,
        subject=row.subject,
        summary=excerpt(row.content, SUMMARY),
        topic=row.topic,
        stage=stage,
        proposer=row.proposer_name,
        county=row.county,
        government=Bilingual(case.jurisdiction.name_zh, case.jurisdiction.name_en),
        government_code=case.jurisdiction.code,
        agencies=_agencies(case.agency_names, parts),
        codes=tuple(part.code for part in parts),
        threshold=row.threshold,
        endorsed=row.endorsed,
        filed_at=row.filed_at,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        reached_at=row.reached_at,
        response_due_at=row.response_due_at,
        answered_at=row.answered_at,
        adoption=row.adoption,
        next=next((one for one in coming if one.step is not Step.REPROPOSAL), None),
    )


def _known(row: Proposal, stage: Stage, pauses: dict[int, datetime]) -> KnownDates:
    return KnownDates(
        check_due_at=getattr(row, "check_due_at", None),
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        pause_ends_at=pauses.get(row.case.jurisdiction_id) if stage is Stage.PAUSED else None,
        reached_at=row.reached_at,
        response_due_at=row.response_due_at,
    )


def _agencies(names: Sequence[str], parts: Sequence[AgencyPart]) -> tuple[Bilingual, ...]:
    """The names as the case has them; in English what the agency is called now."""
    if len(names) == len(parts):
        return tuple(Bilingual(zh, part.name_en) for zh, part in zip(names, parts, strict=True))
    return tuple(Bilingual(zh) for zh in names)
