"""The dossier of a case (卷宗): what its screen shows of itself, asked in one statement.

A screen of everything would soon ask thirty times. What the desk itself shows comes as lists
inside the case's row, so that the sections of the modules have the rest of the twelve.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import BigIntegerField, Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from minben.audit import queries as audit
from minben.audit.registry import kind_of
from minben.base.json_rows import JsonRows, instant_of
from minben.casework.queries.dossier import Reminded, reminded, whole_cases
from minben.casework.rules import AgencyRole, DeadlineKind, Outcome
from minben.desk.event_words import detail_of
from minben.kernel.actor import AGENCY_ROLES, Actor, Role
from minben.people.queries import nickname_behind
from minben.proposals.queries.dossier import stage_of_case, with_proposals
from minben.proposals.rules import Stage

EVENTS_PER_PAGE: Final = 50
# Acts of many citizens, which would bury the acts of staff.
CITIZENS: Final = ("proposals.endorsed", "discussion.commented")
SEES_EVERY_CASE: Final = (Role.CHECKER, Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Part:
    """An agency's part in the case."""

    agency_id: int
    code: str
    name_zh: str
    name_en: str
    leads: bool


@dataclass(frozen=True, slots=True)
class Date:
    """A deadline of the case; instants are exclusive."""

    kind: DeadlineKind
    due_at: datetime
    base_due_at: datetime
    outcome: Outcome
    missed: bool
    basis: str

    @property
    def runs(self) -> bool:
        """Whether it is still to be met."""
        return self.outcome is Outcome.OPEN


@dataclass(frozen=True, slots=True)
class Answer:
    """A response or its draft; a draft has no `published_at`."""

    revision: int
    drafted_at: datetime
    published_at: datetime | None
    interim: bool
    adoption: str


@dataclass(frozen=True, slots=True)
class Told:
    """An event of the record in a line."""

    kind: str
    at: datetime
    actor: str
    label: str
    nickname: str
    data: dict[str, Any]  # Any: JSON

    @property
    def what(self) -> str:
        """What happened, a few words."""
        return str(kind_of(self.kind).label)

    @property
    def detail(self) -> str:
        """What tells it from others of its kind; often nothing."""
        return detail_of(self.data)


@dataclass(frozen=True, slots=True)
class Dossier:
    """A case as its screen shows it; `stage` is None for a case an agency brought."""

    case: Any  # the case's row: number, jurisdiction, rule_set, lead, filed_at, closed_at
    subject: str
    stage: Stage | None
    state: str
    opened: bool
    parts: tuple[Part, ...]
    dates: tuple[Date, ...]
    draft: Answer | None
    answers: tuple[Answer, ...]
    reminders: tuple[Reminded, ...]
    events: "Page[Told]"

    @property
    def running(self) -> tuple[Date, ...]:
        """Dates still to be met, soonest first."""
        return tuple(date for date in self.dates if date.runs)

    @property
    def ended(self) -> tuple[Date, ...]:
        """Dates that were met, lapsed or were cancelled."""
        return tuple(date for date in self.dates if not date.runs)

    def has_part(self, actor: Actor) -> bool:
        """Whether the actor has to do with the case, by office or by an agency in it."""
        if any(actor.has(role) for role in SEES_EVERY_CASE):
            return True
        agencies = {grant.agency_id for grant in actor.grants if grant.role in AGENCY_ROLES}
        return any(part.agency_id in agencies for part in self.parts)


class _Fetched(Sequence[Told]):
    """A list whose length is known, and of which only one page was fetched."""

    def __init__(self, length: int, rows: Sequence[Told]) -> None:
        self._length, self._rows = length, rows

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, _wanted: Any) -> Any:
        """Whatever page is asked for, its rows are those that were fetched. Any: as in Sequence."""
        return self._rows


def dossier_of(number: str, at: datetime, page: int = 1) -> Dossier | None:
    """The case of that number with the given page of its events, newest first. One query;
    two for a page there is not, which is answered with the last one.
    """
    rows = with_proposals(whole_cases(at))
    events = audit.case_events(OuterRef("pk"), leave_out=CITIZENS).order_by("-at", "-pk")
    named = events.annotate(nickname=nickname_behind("actor"))
    start = (page - 1) * EVENTS_PER_PAGE
    shown = named[start : start + EVENTS_PER_PAGE]
    total = events.order_by().values("case_id").annotate(n=Count("pk")).values("n")
    row = (
        rows.annotate(
            events=JsonRows(shown, "kind", "at", "actor", "nickname", "data", label="actor_label"),
            events_count=Coalesce(Subquery(total, output_field=BigIntegerField()), 0),
        )
        .filter(number=number)
        .first()
    )
    if row is None:
        return None
    found = _dossier(row, at, page)
    if found.events.number != page:  # there are not so many: the last one is shown
        return dossier_of(number, at, found.events.number)
    return found


def _dossier(row: Any, at: datetime, page: int) -> Dossier:  # Any: a case with annotations
    told = [
        Told(**{**one, "at": instant_of(one["at"]), "data": _json(one["data"])})
        for one in row.events
    ]
    answers = tuple(
        Answer(
            one["revision"],
            _instant(one["drafted_at"]),
            instant_of(one["published_at"]),
            bool(one["interim"]),
            one["adoption"],
        )
        for one in row.answers
    )
    return Dossier(
        case=row,
        subject=row.subject or row.proposal_subject or "",
        stage=stage_of_case(row, at),
        state=row.proposal_state or "",
        opened=row.proposal_opens_at is not None,
        parts=tuple(_part(one) for one in row.parts),
        dates=tuple(_date(one) for one in row.dates),
        draft=next((one for one in answers if one.published_at is None), None),
        answers=tuple(one for one in answers if one.published_at is not None),
        reminders=reminded(row.reminders),
        events=Paginator(_Fetched(row.events_count, told), EVENTS_PER_PAGE).get_page(page),
    )


def _part(one: Mapping[str, Any]) -> Part:  # Any: JSON
    leads = one["role"] == AgencyRole.LEAD
    return Part(one["agency_id"], one["code"], one["name_zh"], one["name_en"], leads)


def _date(one: Mapping[str, Any]) -> Date:  # Any: JSON
    return Date(
        DeadlineKind(one["kind"]),
        _instant(one["due_at"]),
        _instant(one["base_due_at"]),
        Outcome(one["outcome"]),
        one["missed_at"] is not None,
        one["basis"],
    )


def _json(value: Any) -> Any:  # Any: JSON
    """A JSON column inside JSON: SQLite gives it as a text."""
    return json.loads(value) if isinstance(value, str) else value


def _instant(text: str) -> datetime:
    found = instant_of(text)
    assert found is not None  # noqa: S101  the column takes no nothing
    return found
