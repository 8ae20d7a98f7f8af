"""What machines get of a proposal (開放資料之欄位)."""

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from ninja import Field, Schema

from minben.base.api import DayAndInstant, Name, PageInfo, end_of_term
from minben.base.presentation import last_day
from minben.casework.rules import Adoption, DeadlineKind, Outcome
from minben.discussion.rules import Side
from minben.proposals.next_dates import Step
from minben.proposals.queries.cards import Card
from minben.proposals.queries.listing import Facet
from minben.proposals.rules import Stage


def page_address(number: str, context: dict[str, Any]) -> str:  # Any: ninja's context
    """The page of a case number, for people."""
    return str(context["request"].build_absolute_uri(reverse("proposals:page", args=[number])))


class NextDate(Schema):
    """A date to come: its day in Taiwan (the last day, or the first where something begins)."""

    step: Step
    day: date
    starts: bool
    basis: str

    @staticmethod
    def resolve_day(obj: Any) -> date:
        return last_day(obj.due)


class Line(Schema):
    """A proposal in a list."""

    number: str
    url: str
    subject: str
    summary: str
    stage: Stage
    topic: str
    proposer: str = Field(description="public name: nickname, county and township")
    county: str
    government: Name
    government_code: str
    agencies: list[Name] = Field(description="responsible agencies, lead first")
    agency_codes: list[str]
    threshold: int
    endorsed: int
    filed_at: datetime
    opens_at: datetime | None
    closes: DayAndInstant | None
    reached_at: datetime | None
    response_due: DayAndInstant | None
    answered_at: datetime | None
    adoption: Adoption | None
    next: NextDate | None

    @staticmethod
    def resolve_url(obj: Card, context: dict[str, Any]) -> str:
        return page_address(obj.number, context)

    @staticmethod
    def resolve_agency_codes(obj: Card) -> tuple[str, ...]:
        return obj.codes

    @staticmethod
    def resolve_closes(obj: Card) -> dict[str, Any] | None:
        return end_of_term(obj.closes_at)

    @staticmethod
    def resolve_response_due(obj: Card) -> dict[str, Any] | None:
        return end_of_term(obj.response_due_at)

    @staticmethod
    def resolve_adoption(obj: Card) -> str | None:
        return obj.adoption or None


class FacetValue(Schema):
    """One value of a facet, and how many proposals choosing it would show."""

    code: str
    name: Name
    n: int


class Lines(PageInfo):
    """One page of the list."""

    items: list[Line]
    facets: dict[Facet, list[FacetValue]]
    search_cut: bool = Field(description="more was found than a search may show; oldest left out")


class Agency(Schema):
    """A responsible agency of a case."""

    name: Name
    leads: bool


class Deadline(Schema):
    """A date the law sets. `base_due` is what it was before a pause moved it."""

    kind: DeadlineKind
    starts_at: datetime
    due: DayAndInstant
    base_due: DayAndInstant
    basis: str
    outcome: Outcome
    outcome_at: datetime | None
    missed_at: datetime | None

    @staticmethod
    def resolve_due(obj: Any) -> dict[str, Any] | None:
        return end_of_term(obj.due_at)

    @staticmethod
    def resolve_base_due(obj: Any) -> dict[str, Any] | None:
        return end_of_term(obj.base_due_at)


class Response(Schema):
    """A published response in four blocks. An interim one has no adoption."""

    agency: Name
    published_at: datetime
    interim: bool
    archived: bool = Field(description="taken over as another platform published it")
    analysis: str
    deliberation: str
    adoption: Adoption | None
    adoption_reason: str
    follow_up: str


class Event(Schema):
    """One event of the public history."""

    code: str
    label: Name
    at: datetime
    who: str
    official: bool
    data: dict[str, Any]


class CurvePoint(Schema):
    """How many had endorsed by the end of a day in Taiwan."""

    day: date
    added: int
    total: int


class Link(Schema):
    """A web address given as evidence."""

    title: str
    url: str


class File(Schema):
    """An uploaded file; `size` in bytes."""

    name: str
    sha256: str
    media_type: str
    size: int


class Evidence(Schema):
    """What the proposer brought."""

    links: list[Link]
    video: Link | None
    files: list[File]


class Counts(Schema):
    """How many comments stand on each side."""

    pro: int
    con: int


class Whole(Line):
    """A proposal with everything its page shows; long lists have addresses of their own."""

    content: str
    benefits: str
    evidence: Evidence
    rule_set: str
    archived: bool
    codrafting: str = Field(description="id of the co-drafting it came from, or empty")
    withdrawn_at: datetime | None
    withdraw_reason: str
    paused_until: datetime | None
    next_dates: list[NextDate]
    agencies_now: list[Agency]
    deadlines: list[Deadline]
    responses: list[Response]
    timeline: list[Event] = Field(description="newest first")
    curve: list[CurvePoint]
    comments: Counts


class Endorsement(Schema):
    """One endorsement as everybody may see it."""

    number: int
    at: datetime
    nickname: str
    county: str
    township: str
    reason: str


class Endorsements(PageInfo):
    """One page of endorsements, newest first."""

    items: list[Endorsement]


class Comment(Schema):
    """One comment. The text of a hidden one is withheld; ground and reason stand instead.

    One of an erased account has an empty author, and an empty body too if it was removed.
    """

    id: int
    side: Side
    author: str
    at: datetime
    body: str
    hidden: bool
    removed: bool
    ground: Name | None
    reason: str


class Comments(PageInfo):
    """One page of comments, newest first."""

    items: list[Comment]
