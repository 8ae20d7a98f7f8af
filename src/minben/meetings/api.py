"""Meetings and topics for machines (協作會議之開放資料介面). Numbers of people, never names."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from ninja import Field, Query, Router, Schema
from ninja.params.functions import Path

from minben.base.access import Request
from minben.base.api import (
    PAGE_MAX,
    DayAndInstant,
    Name,
    PageInfo,
    Problem,
    end_of_term,
    not_found,
    page_info,
)
from minben.casework.about import about, about_one
from minben.meetings import queries
from minben.meetings.models import Meeting, TrackedAction
from minben.meetings.rules import Aim, MeetingKind, MeetingState
from minben.meetings.rules.results import ActionState

router = Router(tags=["meetings"])
PER_PAGE = 25
NUMBER = Path(..., max_length=24, description="number of the meeting, such as M2026-0007")


class HostAgency(Name):
    """An agency by its code and names."""

    code: str


class MeetingLine(Schema):
    """A meeting in a list."""

    number: str
    case: str = Field(description="number of the case")
    kind: MeetingKind
    aim: Aim
    state: MeetingState
    title: str
    agency: HostAgency
    starts_at: datetime | None
    ends_at: datetime | None
    place: str


class MeetingList(PageInfo):
    """Announced meetings, the latest first."""

    items: list[MeetingLine]


class AgendaTold(Schema):
    """A piece of the agenda; the end is exclusive."""

    starts_at: datetime
    ends_at: datetime
    title: str
    who: str


class ActionReport(Schema):
    """What an agency reported of an action."""

    at: datetime
    agency: HostAgency
    state: ActionState
    text: str


class ActionTold(Schema):
    """Something an agency agreed to do, followed until released."""

    number: int
    text: str
    agency: HostAgency
    due: DayAndInstant
    state: ActionState
    late: bool
    reports: list[ActionReport]


class ResultTold(Schema):
    """A published version of the result report."""

    version: int
    published_at: datetime
    agreed: str
    open_points: str
    correction: str


class People(Schema):
    """How many have a place, wait and came, by kind; why some do not come."""

    capacity: int
    public_places: int
    seated: int
    waiting: int
    present: int
    by_kind: dict[str, int]
    reasons: dict[str, int]


class MeetingTold(MeetingLine):
    """One meeting."""

    purpose: str
    live_url: str
    cancel_reason: str
    people: People
    agenda: list[AgendaTold]
    reports: list[ResultTold] = Field(description="the newest first")
    actions: list[ActionTold]


class Asked(Schema):
    """Which page."""

    page: int = Field(1, ge=1, le=PAGE_MAX)


def _agency(agency: Any) -> dict[str, str]:  # Any: its model is private to people
    return {"code": agency.code, "zh": agency.name_zh, "en": agency.name_en}


def _line(row: Meeting, case: str) -> dict[str, Any]:
    same = ("number", "kind", "aim", "state", "title", "starts_at", "ends_at", "place")
    return {name: getattr(row, name) for name in same} | {
        "case": case,
        "agency": _agency(row.agency),
    }


@router.get(
    "/meetings",
    response={200: MeetingList, 404: Problem, 422: Problem},
    summary="Meetings and workshops",
)
def meetings(request: Request, asked: Query[Asked]) -> dict[str, Any]:
    """Meetings that were announced about cases that are public."""
    page = Paginator(queries.announced(), PER_PAGE).get_page(asked.page)
    cases = about({row.case_id for row in page.object_list})
    shown = [
        _line(row, cases[row.case_id].number)
        for row in page.object_list
        if row.case_id in cases and cases[row.case_id].public
    ]
    return page_info(request, page, asked.page) | {"items": shown}


@router.get(
    "/meetings/{number}",
    response={200: MeetingTold, 404: Problem, 422: Problem},
    summary="One meeting",
)
def meeting(request: Request, number: str = NUMBER) -> dict[str, Any]:
    """One meeting with agenda, numbers of people, published reports and actions."""
    row = queries.meeting(number)
    if row is None or not row.is_public or not about_one(row.case_id).public:
        raise not_found("meeting")
    numbers = queries.numbers_of(row)
    over = row.state in (MeetingState.HELD, MeetingState.REPORTED)
    return _line(row, row.case.number) | {
        "purpose": row.purpose,
        "live_url": row.live_url,
        "cancel_reason": row.cancel_reason,
        "people": {
            "capacity": row.capacity,
            "public_places": row.public_places,
            "seated": numbers.seated,
            "waiting": numbers.waiting,
            "present": numbers.present,
            "by_kind": numbers.by_kind,
            "reasons": numbers.reasons,
        },
        "agenda": [
            {"starts_at": one.starts_at, "ends_at": one.ends_at, "title": one.title, "who": one.who}
            for one in queries.agenda_of(row)
        ],
        "reports": [
            {
                "version": one.version,
                "published_at": one.published_at,
                "agreed": one.agreed,
                "open_points": one.open_points,
                "correction": one.correction,
            }
            for one in (queries.reports_of(row) if over else ())
            if one.published_at
        ],
        "actions": [_action(one) for one in (queries.actions_of(row) if over else ())],
    }


def _action(row: TrackedAction) -> dict[str, Any]:
    return {
        "number": row.number,
        "text": row.text,
        "agency": _agency(row.agency),
        "due": end_of_term(row.due_at),
        "state": row.state,
        "late": row.late_at is not None and row.ended_at is None,
        "reports": [
            {"at": one.at, "agency": _agency(one.agency), "state": one.state, "text": one.text}
            for one in row.updates.all()
        ],
    }


class TopicTold(Schema):
    """A nominated case; `votes` and `voters` are null until the round is counted."""

    case: str
    subject: str
    agency: HostAgency
    criteria: list[str]
    reason: str
    votes: int | None
    voters: list[str] | None = Field(description="agencies that voted for it; empty if secret")
    won: bool
    meeting: str | None


class RoundLine(Schema):
    """A round of topics in a list; times are exclusive ends."""

    id: int
    title: str
    opens_at: datetime
    votes_from: datetime
    closes_at: datetime
    votes_each: int
    winners: int
    secret: bool
    counted_at: datetime | None


class RoundTold(RoundLine):
    """A round with its topics, most votes first once it is counted."""

    entitled: int | None = Field(description="agencies that could vote, when counted")
    ballots: int
    topics: list[TopicTold]


_ROUND = (
    *("title", "opens_at", "votes_from", "closes_at"),
    *("votes_each", "winners", "secret", "counted_at"),
)


@router.get("/meeting-topics", response=list[RoundLine], summary="Rounds of topics")
def topic_rounds(request: Request) -> list[dict[str, Any]]:
    """The latest sixty rounds in which participation officers chose topics, newest first."""
    return [
        {"id": row.pk} | {name: getattr(row, name) for name in _ROUND} for row in queries.rounds()
    ]


@router.get(
    "/meeting-topics/{id}",
    response={200: RoundTold, 404: Problem, 422: Problem},
    summary="One round of topics",
)
def topic_round(request: Request, id: int = Path(..., ge=1, le=2**62)) -> dict[str, Any]:
    """One round: what was nominated and why, and how the vote went."""
    seen = queries.round_seen(id)
    if seen is None:
        raise not_found("round")
    row = seen.round
    return (
        {"id": row.pk}
        | {name: getattr(row, name) for name in _ROUND}
        | {
            "entitled": row.entitled,
            "ballots": seen.ballots,
            "topics": [
                {
                    "case": line.about.number,
                    "subject": line.about.subject,
                    "agency": _agency(line.topic.agency),
                    "criteria": line.topic.criteria,
                    "reason": line.topic.reason,
                    "votes": line.votes,
                    "voters": list(line.voters) if line.votes is not None else None,
                    "won": line.topic.won,
                    "meeting": line.topic.meeting.number
                    if line.topic.meeting and line.topic.meeting.is_public
                    else None,
                }
                for line in seen.topics
            ],
        }
    )
