"""The findings of a case for machines (使用者測試發現之開放資料介面). No persons."""

from datetime import date, datetime
from typing import Any

from ninja import Router, Schema
from ninja.params.functions import Path

from minben.base.access import Request
from minben.base.api import Name, Problem, not_found
from minben.casework.about import about_one
from minben.casework.queries.dossier import case_numbered
from minben.findings.queries import Told, Whole, whole_studies

router = Router(tags=["cases"])
NUMBER = Path(..., max_length=24, description="case number, such as 2026-000123")


class Participants(Schema):
    """A kind of participant and how many."""

    kind: str
    n: int


class FixTold(Schema):
    """What was changed, and since which day."""

    what: str
    changed_on: date


class RetestTold(Schema):
    """How many of `n` people still stumbled on that day."""

    tested_on: date
    n: int
    still: int


class FindingTold(Schema):
    """What hindered people at a step: severity blocks or hesitates; standing open, fixed, still, solved."""

    step: str
    severity: str
    standing: str
    what: str
    hit: int
    n: int
    quote: str
    screenshot: str
    screenshot_shows: str
    corrected: int
    fixes: list[FixTold]
    retests: list[RetestTold]


class StudyTold(Schema):
    """A published test of a service with people."""

    service: str
    agency: Name
    tested_on: date
    participants: list[Participants]
    n: int
    steps: list[str]
    method: str
    bounds: str
    source: str
    published_at: datetime
    findings: list[FindingTold]


@router.get(
    "/cases/{number}/findings",
    response={200: list[StudyTold], 404: Problem, 422: Problem},
    summary="Findings of usability tests",
)
def findings(request: Request, number: str = NUMBER) -> list[dict[str, Any]]:
    """The published usability tests of a case, oldest first; an empty list without one."""
    case = case_numbered(number)
    if case is None or not about_one(case.pk).public:
        raise not_found("case")
    return [_study(whole) for whole in whole_studies(case.pk)]


def _study(whole: Whole) -> dict[str, Any]:
    study = whole.study
    return {
        "service": study.service,
        "agency": {"zh": study.agency.name_zh, "en": study.agency.name_en},
        "tested_on": study.tested_on,
        "participants": [{"kind": one.kind, "n": one.n} for one in whole.groups],
        "n": whole.people,
        "steps": [name for name, _found in whole.steps],
        "method": study.method,
        "bounds": study.bounds,
        "source": study.source,
        "published_at": study.published_at,
        "findings": [_finding(name, told) for name, found in whole.steps for told in found],
    }


def _finding(step: str, told: Told) -> dict[str, Any]:
    row, picture = told.row, told.picture
    return {
        "step": step,
        "severity": row.severity,
        "standing": told.standing.value,
        "what": row.what,
        "hit": row.hit,
        "n": row.people,
        "quote": row.quote,
        "screenshot": f"/files/{picture['sha256']}/{picture['name']}" if picture else "",
        "screenshot_shows": row.alt,
        "corrected": len(told.before),
        "fixes": [{"what": fix.what, "changed_on": fix.changed_on} for fix in told.fixes],
        "retests": [
            {"tested_on": one.tested_on, "n": one.n, "still": one.still} for one in told.retests
        ],
    }
