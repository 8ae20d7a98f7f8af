"""The platform about itself, for machines (平臺資訊)."""

from datetime import date
from importlib.metadata import version
from typing import Any

from django.conf import settings
from ninja import Field, Router, Schema

from minben.base.access import Request
from minben.kernel.calendar import load_calendar

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
