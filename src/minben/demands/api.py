"""The demands of a case for machines (訴求與參採情形之開放資料介面). No persons."""

from datetime import datetime
from typing import Any

from ninja import Field, Router, Schema
from ninja.params.functions import Path

from minben.base.access import Request
from minben.base.api import DayAndInstant, Name, Problem, end_of_term, not_found
from minben.casework.about import about_one
from minben.casework.queries.dossier import case_numbered
from minben.casework.rules import Adoption
from minben.demands.queries import PublishedDemand, PublishedDisposition, published, versions_of

router = Router(tags=["cases"])
NUMBER = Path(..., max_length=24, description="case number, such as 2026-000123")


class ResponsibleAgency(Name):
    """An agency by its code and names."""

    code: str


class DispositionTold(Schema):
    """What became of a demand: a further one corrects the one before, and says why."""

    number: int
    agency: ResponsibleAgency
    adoption: Adoption
    reason: str
    follow_up: str
    because: str = Field(description="why it was corrected; empty for the first")
    published_at: datetime


class DemandTold(Schema):
    """A demand of the last published split. `left_out` is empty, dropped or merged."""

    number: int
    text: str
    drawn_from: str
    agency: ResponsibleAgency | None
    left_out: str
    reason: str
    into: int | None
    dispositions: list[DispositionTold] = Field(description="the one in force first")


class SplitCorrection(Schema):
    """A correction by whoever petitioned: reword, missing or superfluous; and its answer."""

    version: int
    demand: int | None
    kind: str
    text: str
    why: str
    at: datetime
    taken: bool | None
    answer: str


class SplitTold(Schema):
    """The last published split of a case; `version` is null before one."""

    number: str
    version: int | None
    published_at: datetime | None
    corrections_until: DayAndInstant | None
    agreed_at: datetime | None
    adoption: Adoption | None = Field(description="what the dispositions make of the case")
    demands: list[DemandTold]
    corrections: list[SplitCorrection]


@router.get(
    "/cases/{number}/demands",
    response={200: SplitTold, 404: Problem, 422: Problem},
    summary="Demands of a case and their dispositions",
)
def demands(request: Request, number: str = NUMBER) -> dict[str, Any]:
    """What a case asks for, one by one, who is responsible, and what became of each."""
    case = case_numbered(number)
    if case is None or not about_one(case.pk).public:
        raise not_found("case")
    told = published(case.pk)
    corrections = [
        (version.number, row)
        for version in reversed(versions_of(case.pk))
        for row in version.corrections.all()
    ]
    return {
        "number": case.number,
        "version": told.version if told else None,
        "published_at": told.at if told else None,
        "corrections_until": end_of_term(told.corrections_until) if told else None,
        "agreed_at": told.agreed_at if told else None,
        "adoption": told.adoption if told else None,
        "demands": [_demand(one) for one in told.demands] if told else [],
        "corrections": [
            {
                "version": version,
                "demand": row.demand.number if row.demand else None,
                "kind": row.kind,
                "text": row.text,
                "why": row.why,
                "at": row.at,
                "taken": row.taken,
                "answer": row.answer,
            }
            for version, row in corrections
        ],
    }


def _demand(one: PublishedDemand) -> dict[str, Any]:
    return {
        "number": one.number,
        "text": one.text,
        "drawn_from": one.drawn_from,
        "agency": one.agency,
        "left_out": one.left_out,
        "reason": one.reason,
        "into": one.into,
        "dispositions": [_disposition(row) for row in one.dispositions],
    }


def _disposition(row: PublishedDisposition) -> dict[str, Any]:
    return {
        "number": row.number,
        "agency": row.agency,
        "adoption": row.adoption,
        "reason": row.reason,
        "follow_up": row.follow_up,
        "because": row.because,
        "published_at": row.published_at,
    }
