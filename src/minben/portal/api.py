"""The platform about itself, for machines (平臺資訊)."""

from datetime import date
from importlib.metadata import version
from typing import Any

from django.conf import settings
from ninja import Field, Router, Schema
from ninja.params.functions import Query

from minben.base.access import Request
from minben.base.api import Name
from minben.casework.queries.wall import State
from minben.kernel.calendar import load_calendar
from minben.portal.clock_wall import Line, wall

router = Router(tags=["platform"])


class Calendar(Schema):
    """What the calendar of working days covers."""

    code: str
    source: str
    version: str
    first: date
    last: date


class Platform(Schema):
    """Which program this is, who runs it, and what may be relied on."""

    name: str
    version: str
    licence: str = Field(description="SPDX identifier")
    sandbox: bool = Field(description="practice data, without any effect")
    operator: str
    contact: str
    languages: list[str]
    accessibility: str
    calendar: Calendar


@router.get("/platform", response=Platform, summary="This installation")
def platform(request: Request) -> dict[str, Any]:
    """Who runs it, under which licence, and whether it is only for practice."""
    calendar = load_calendar()
    return {
        "name": "Minben",
        "version": version("minben"),
        "licence": "EUPL-1.2",
        "sandbox": settings.SANDBOX,
        "operator": settings.OPERATOR_NAME,
        "contact": settings.OPERATOR_CONTACT,
        "languages": [code for code, _ in settings.LANGUAGES],
        "accessibility": "WCAG 2.2 AA",
        "calendar": calendar,
    }


class WallAgency(Schema):
    """Who owes a duty."""

    code: str
    name: Name


class Duty(Schema):
    """What the government owes by law. Days are past the last day, negative before it."""

    number: str
    subject: str
    agency: WallAgency | None
    kind: str
    state: State
    due: date
    first_due: date | None
    reason: str
    days: int


class KeptTime(Schema):
    """How an agency keeps the time for its answers; `on_time` is of `decided`, the days of `n`.

    `others` are plans, contacts with the proposer and reports on what is under study.
    """

    agency: WallAgency
    n: int
    median: int | None
    p90: int | None
    on_time: int
    decided: int
    overdue: int
    others_on_time: int
    others_decided: int


class ClockWall(Schema):
    """Duties in one state, how many there are in each, and the figures of every agency."""

    counts: dict[State, int]
    state: State
    items: list[Duty]
    after: str
    figures: list[KeptTime]


@router.get("/clock", response=ClockWall, summary="The clock wall")
def clock(
    request: Request,
    state: str = Query("overdue", max_length=20, description="how a duty stands"),
    agency: str = Query("", max_length=40, description="code of an agency, see /agencies"),
    after: str = Query("", max_length=60, description="where the page before ended"),
) -> dict[str, Any]:
    """The government's duties with their last days, and how each agency keeps them."""
    shown = wall(request.at, state, agency, after)
    return {
        "counts": shown.counts,
        "state": shown.state,
        "items": [_duty(line) for line in shown.lines],
        "after": shown.after,
        "figures": [
            {
                "agency": _agency(one.agency),
                "n": one.n,
                "median": one.median,
                "p90": one.p90,
                "on_time": one.on_time,
                "decided": one.decided,
                "overdue": one.overdue,
                "others_on_time": one.others_on_time,
                "others_decided": one.others_decided,
            }
            for one in shown.kept
        ],
    }


def _agency(row: Any) -> dict[str, Any]:  # Any: the model is private to its module
    return {"code": row.code, "name": {"zh": row.name_zh, "en": row.name_en}}


def _duty(line: Line) -> dict[str, Any]:
    return {
        "number": line.number,
        "subject": line.subject,
        "agency": _agency(line.agency) if line.agency else None,
        "kind": line.kind,
        "state": line.state,
        "due": line.due,
        "first_due": line.first_day,
        "reason": line.reason,
        "days": line.days,
    }
