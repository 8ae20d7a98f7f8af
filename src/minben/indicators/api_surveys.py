"""Surveys for machines (調查之開放資料介面): what is said of their figures, with its verdict."""

from datetime import date, datetime
from typing import Any

from ninja import Field, Router, Schema

from minben.base.access import Request
from minben.base.api import Name, Problem, not_found
from minben.indicators.api import CODE, SourceLine
from minben.indicators.models import Source
from minben.indicators.queries import waves
from minben.indicators.surveys.claims import Says, Verdict, Words
from minben.indicators.telling.statements import Judged, all_judged

router = Router(tags=["indicators"])


class SurveyLine(SourceLine):
    """A survey in a list."""

    items: int = Field(description="shares it publishes")
    statements: int = Field(description="statements that stand")


class StatementTold(Schema):
    """What somebody says of the figures; `verdict` is null once it was withdrawn.

    Reasons quote figures: of a source without open terms they are empty.
    """

    says: Says
    indicator: str
    unit: str
    period_from: str
    period_to: str
    figure: float | None = Field(description="the number said")
    decimals: int = Field(description="with how many it is said")
    words: Name
    said_by: str
    said_in: str
    said_on: date | None
    address: str
    noted_at: datetime | None
    verdict: Verdict | None
    reason: Name | None
    verdict_supposed: Verdict | None = Field(description="were the sizes as supposed")
    suppositions: list[Name]
    n_from: int | None
    n_to: int | None
    method: Name
    withdrawn_at: datetime | None
    withdrawn_why: str


class SurveyTold(SourceLine):
    """A survey; its shares are under `/indicators/{code}/observations`."""

    published_on: date | None
    units: list[str]
    periods: list[str]
    indicators: list[str]
    statements: list[StatementTold]


@router.get("/surveys", response=list[SurveyLine], summary="Surveys")
def surveys(request: Request) -> list[dict[str, Any]]:
    """Surveys whose waves are compared, with how much is said of them."""
    return [
        _source(one.source) | {"items": one.items, "statements": one.said}
        for one in waves.surveys()
    ]


@router.get(
    "/surveys/{code}",
    response={200: SurveyTold, 404: Problem, 422: Problem},
    summary="One survey",
)
def survey(request: Request, code: str = CODE) -> dict[str, Any]:
    """Units and periods of a survey, and what is said of its figures with verdict and reason."""
    source = waves.survey_of(code)
    if source is None:
        raise not_found("survey")
    by_unit = waves.figures_of(source)
    figures = [one for own in by_unit.values() for one in own]
    return _source(source) | {
        "published_on": source.published_on,
        "units": sorted(by_unit),
        "periods": waves.periods_of(figures),
        "indicators": list(dict.fromkeys(one.series for one in figures)),
        "statements": [_statement(one) for one in all_judged(waves.said_of(source), by_unit)],
    }


def _source(row: Source) -> dict[str, Any]:
    same = ("code", "publisher", "licence", "open_terms")
    return {name: getattr(row, name) for name in same} | {
        "title": {"zh": row.title_zh, "en": row.title_en}
    }


def _words(one: Words) -> dict[str, str]:
    return {"zh": one.zh, "en": one.en}


def _statement(one: Judged) -> dict[str, Any]:
    statement, claim, found = one.said.statement, one.said.claim, one.told
    return {
        "says": statement.says,
        "indicator": statement.series,
        "unit": one.said.unit,
        "period_from": statement.earlier,
        "period_to": statement.period,
        "figure": statement.figure,
        "decimals": statement.decimals,
        "words": _words(one.said.words),
        "said_by": one.by,
        "noted_at": claim.at,
        "verdict": found.verdict if found else None,
        "reason": _words(found.reason) if found else None,
        "verdict_supposed": found.supposed if found else None,
        "suppositions": [_words(each) for each in found.suppositions] if found else [],
        "n_from": one.n_from,
        "n_to": one.n_to,
        "method": _words(one.method),
    } | {
        name: getattr(claim, name)
        for name in ("said_in", "said_on", "address", "withdrawn_at", "withdrawn_why")
    }
