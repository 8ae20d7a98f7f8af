"""Indicators for machines (指標之開放資料介面): what the pages show, without persons.

Values of a source that does not let them be passed on are null here; scores computed of them are
told. `withheld_by_terms` says so.
"""

from datetime import date, datetime
from typing import Any

import numpy as np
from django.core.paginator import Paginator
from ninja import Field, Query, Router, Schema
from ninja.params.functions import Path

from minben.base.access import Request
from minben.base.api import PAGE_MAX, Name, PageInfo, Problem, not_found, page_info
from minben.indicators.exporting.dataset import Words
from minben.indicators.models import Indicator, Source, StoredRun, Unit
from minben.indicators.queries import facts, pages, runs
from minben.indicators.queries.listing import Filters, found
from minben.indicators.telling import words
from minben.indicators.telling.basis import whole
from minben.indicators.telling.standing import Stand, stand, stands_of

router = Router(tags=["indicators"])
PER_PAGE = 100
CODE = Path(..., max_length=60, description="code, as in the address of the page")


class SourceLine(Schema):
    """Who publishes numbers, and on what terms."""

    code: str
    title: Name
    publisher: str
    licence: str
    open_terms: bool = Field(description="whether values may be passed on")


class IndicatorLine(Schema):
    """An indicator in a list."""

    code: str
    title: Name
    unit: Name
    direction: int = Field(description="1 if more is better, -1 if less is, 0 if neither")
    domain: str
    dimension: Name
    relations: list[str]
    source: SourceLine


class IndicatorList(PageInfo):
    """Indicators, by source."""

    items: list[IndicatorLine]


class BreakTold(Schema):
    """From this period on it is measured otherwise."""

    period: str
    note: Name


class IndicatorTold(IndicatorLine):
    """One indicator."""

    definition: Name
    base: Name
    scale: str
    decimals: int | None
    low: float | None
    high: float | None
    breaks: list[BreakTold]


class ObservationTold(Schema):
    """A value that counts, and where it stood."""

    indicator: str
    unit: str
    period: str
    value: float | None
    n: int | None
    se: float | None
    status: str = Field(description="OBS_STATUS of SDMX")
    imported: int = Field(description="number of the import of its source")
    file: str
    place: str


class ObservationList(PageInfo):
    """Values of an indicator."""

    withheld_by_terms: bool
    items: list[ObservationTold]


class RunTold(Schema):
    """A computation that anybody can make again."""

    data_sha256: str
    engine: str
    computed_at: datetime
    units: int
    periods: list[str]


class IndexLine(Schema):
    """A composite index in a list; `run` is null until it is computed."""

    code: str
    title: Name
    version: int
    recipe_sha256: str
    shipped: bool
    run: RunTold | None


class IndexTold(IndexLine):
    """One index with its recipe."""

    recipe: dict[str, Any]  # Any: the recipe's own JSON
    sources: list[SourceLine]


class ScoreTold(Schema):
    """A composite of a unit in a period, among how many, and how much of it was observed."""

    code: str
    unit: str
    period: str
    score: float | None
    rank: float | None
    of: int
    coverage: float | None
    withheld: bool
    missing: list[str] = Field(description="indicators below it without a value")


class ScoreList(PageInfo):
    """Scores of an index."""

    recipe_sha256: str
    data_sha256: str
    items: list[ScoreTold]


class UnitLine(Schema):
    """A unit; a public service with its agency and whom it is between."""

    code: str
    kind: str
    name: Name
    agency: str | None = Field(description="code of the agency that runs a service")
    relations: list[str] = Field(description="of a service: G2G, G2B, G2C, G2E, G2A, G2D")


class UnitList(PageInfo):
    """Units, by code."""

    items: list[UnitLine]


class InIndex(Schema):
    """How a unit stands in an index, in its newest period there."""

    index: str
    scores: list[ScoreTold]


class UnitTold(UnitLine):
    """A unit with its places in all indices."""

    indices: list[InIndex]


class FileTold(Schema):
    """A file that was brought."""

    name: str
    sha256: str
    size: int


class ImportTold(Schema):
    """An import; a withdrawn one counts no more."""

    number: int
    at: datetime
    sha256: str
    observations: int
    withdrawn_at: datetime | None
    withdrawn_why: str
    files: list[FileTold]


class SourceTold(SourceLine):
    """A source with its imports, the newest first."""

    published_on: date | None
    address: str
    survey: bool
    imports: list[ImportTold]


class AskedIndicators(Schema):
    """Words and facets, as on the page."""

    q: str = Field("", max_length=200)
    domain: str = Field("", max_length=60)
    dimension: str = Field("", max_length=200)
    relation: str = Field("", max_length=60)
    source: str = Field("", max_length=60)
    page: int = Field(1, ge=1, le=PAGE_MAX)


class AskedValues(Schema):
    """Which values."""

    unit: str = Field("", max_length=60)
    period: str = Field("", max_length=10)
    page: int = Field(1, ge=1, le=PAGE_MAX)


class AskedScores(AskedValues):
    """Which scores; `part` is a composite of the index."""

    part: str = Field("", max_length=60)


class AskedUnits(Schema):
    """Which units; of a relation or an agency are services only."""

    kind: str = Field("", max_length=20)
    relation: str = Field("", max_length=60)
    agency: str = Field("", max_length=60)
    page: int = Field(1, ge=1, le=PAGE_MAX)


@router.get(
    "/indicators",
    response={200: IndicatorList, 404: Problem, 422: Problem},
    summary="List of indicators",
)
def indicators(request: Request, asked: Query[AskedIndicators]) -> dict[str, Any]:
    """The indicators of the registry, with the search and the facets of the page."""
    filters = Filters(asked.q, asked.domain, asked.dimension, asked.relation, asked.source)
    page = Paginator(found(filters), PER_PAGE).get_page(asked.page)
    return page_info(request, page, asked.page) | {"items": [_indicator(one) for one in page]}


@router.get(
    "/indicators/{code}",
    response={200: IndicatorTold, 404: Problem, 422: Problem},
    summary="One indicator",
)
def indicator(request: Request, code: str = CODE) -> dict[str, Any]:
    """What an indicator counts, of whom, in which unit, and where its series breaks."""
    row = facts.indicator_of(code)
    if row is None:
        raise not_found("indicator")
    same = ("scale", "decimals", "low", "high")
    return (
        _indicator(row)
        | {name: getattr(row, name) for name in same}
        | {
            "definition": _name(row.definition_zh, row.definition_en),
            "base": _name(row.base_zh, row.base_en),
            "breaks": [
                {"period": one.period, "note": _name(one.note_zh, one.note_en)}
                for one in facts.breaks_of(row)
            ],
        }
    )


@router.get(
    "/indicators/{code}/observations",
    response={200: ObservationList, 404: Problem, 422: Problem},
    summary="Values of an indicator",
)
def observations(request: Request, asked: Query[AskedValues], code: str = CODE) -> dict[str, Any]:
    """The values that count, by period and unit, each with the file and the place it stood in."""
    row = facts.indicator_of(code)
    if row is None:
        raise not_found("indicator")
    told = [
        one
        for one in facts.facts(indicator=row)
        if asked.unit in ("", one.unit) and asked.period in ("", one.period)
    ]
    page = Paginator(told, PER_PAGE).get_page(asked.page)
    shown = row.source.open_terms
    return page_info(request, page, asked.page) | {
        "withheld_by_terms": not shown,
        "items": [_observation(one, shown=shown) for one in page],
    }


@router.get("/indices", response=list[IndexLine], summary="Composite indices")
def indices(request: Request) -> list[dict[str, Any]]:
    """The methods in use, each with its newest run."""
    return [
        _index(one.method.code, one.method, words.both(one.title, one.method.code), one.run)
        for one in runs.shown()
    ]


@router.get(
    "/indices/{code}",
    response={200: IndexTold, 404: Problem, 422: Problem},
    summary="One composite index",
)
def index(request: Request, code: str = CODE) -> dict[str, Any]:
    """The recipe of an index as it is written, its newest run, and the sources of that run."""
    method = runs.method(code)
    if method is None:
        raise not_found("index")
    recipe, stored = runs.recipe_of(method), runs.newest(code)
    sources = pages.sources_of(stored.pk) if stored else []
    told = {one.source.code: one.source for one in sources}
    return _index(code, method, words.recipe_title(recipe), stored) | {
        "recipe": dict(recipe.document),
        "sources": [
            {
                "code": one.code,
                "title": one.title._asdict(),
                "publisher": one.publisher,
                "licence": one.licence,
                "open_terms": one.open_terms,
            }
            for one in told.values()
        ],
    }


@router.get(
    "/indices/{code}/scores",
    response={200: ScoreList, 404: Problem, 422: Problem},
    summary="Scores of a composite index",
)
def scores(request: Request, asked: Query[AskedScores], code: str = CODE) -> dict[str, Any]:
    """Scores and ranks of the newest run, with how many were ranked and what was observed."""
    stored = runs.newest(code)
    if stored is None:
        raise not_found("index that was computed")
    run = whole(stored).run
    told = [
        one
        for group in run.recipe.groups
        if asked.part in ("", group.code)
        for one in stands_of(run, group.code)
        if asked.unit in ("", one.unit) and asked.period in ("", one.period)
    ]
    page = Paginator(told, PER_PAGE).get_page(asked.page)
    return page_info(request, page, asked.page) | {
        "recipe_sha256": stored.method.sha256,
        "data_sha256": stored.data_sha256,
        "items": [_score(one) for one in page],
    }


@router.get("/units", response={200: UnitList, 404: Problem, 422: Problem}, summary="Units")
def units(request: Request, asked: Query[AskedUnits]) -> dict[str, Any]:
    """Countries, counties, agencies, public services and others that something is observed of."""
    rows = pages.listed_units(asked.kind, asked.relation, asked.agency)
    page = Paginator(rows, PER_PAGE).get_page(asked.page)
    return page_info(request, page, asked.page) | {"items": [_unit(one) for one in page]}


@router.get(
    "/units/{code}", response={200: UnitTold, 404: Problem, 422: Problem}, summary="One unit"
)
def unit(request: Request, code: str = CODE) -> dict[str, Any]:
    """A unit and how it stands in every index, in its newest period there."""
    row = facts.unit_of(code)
    if row is None:
        raise not_found("unit")
    told = []
    for one in runs.shown():
        if one.run is None:
            continue
        basis = whole(one.run)
        table = basis.run.table
        periods = [
            when for who, when in zip(table.units, table.periods, strict=True) if who == code
        ]
        if periods:
            results = basis.run.recipe.results
            stands = [stand(basis, code, max(periods), name, sure=False) for name in results]
            there = [_score(each) for each in stands if each is not None]
            told.append({"index": one.method.code, "scores": there})
    return _unit(row) | {"indices": told}


@router.get(
    "/indicator-sources/{code}",
    response={200: SourceTold, 404: Problem, 422: Problem},
    summary="One source of indicators",
)
def source(request: Request, code: str = CODE) -> dict[str, Any]:
    """Who publishes, on what terms, and every import with its files and their hashes."""
    row = facts.source_of(code)
    if row is None:
        raise not_found("source")
    same = ("number", "at", "sha256", "observations", "withdrawn_at", "withdrawn_why")
    return _source(row) | {
        "published_on": row.published_on,
        "address": row.address,
        "survey": row.survey,
        "imports": [
            {name: getattr(one, name) for name in same}
            | {
                "files": [
                    {"name": file.name, "sha256": file.sha256, "size": file.size}
                    for file in one.files.all()
                ]
            }
            for one in pages.brought_by(row)
        ],
    }


def _name(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def _source(row: Source) -> dict[str, Any]:
    return {
        "code": row.code,
        "title": _name(row.title_zh, row.title_en),
        "publisher": row.publisher,
        "licence": row.licence,
        "open_terms": row.open_terms,
    }


def _indicator(row: Indicator) -> dict[str, Any]:
    same = ("code", "direction", "domain", "relations")
    return {name: getattr(row, name) for name in same} | {
        "title": _name(row.title_zh, row.title_en),
        "unit": _name(row.unit_zh, row.unit_en),
        "dimension": _name(row.dimension_zh, row.dimension_en),
        "source": _source(row.source),
    }


def _observation(one: facts.Fact, *, shown: bool) -> dict[str, Any]:
    return {
        "indicator": one.indicator,
        "unit": one.unit,
        "period": one.period,
        "value": one.value if shown else None,
        "n": one.n,
        "se": one.se if shown else None,
        "status": one.status,
        "imported": one.intake,
        "file": one.file,
        "place": one.place,
    }


def _index(code: str, method: Any, title: Words, stored: StoredRun | None) -> dict[str, Any]:
    """Any: a row of `Method`."""
    return {
        "code": code,
        "title": title._asdict(),
        "version": method.version,
        "recipe_sha256": method.sha256,
        "shipped": method.shipped,
        "run": None
        if stored is None
        else {
            "data_sha256": stored.data_sha256,
            "engine": stored.engine,
            "computed_at": stored.at,
            "units": stored.units,
            "periods": stored.periods,
        },
    }


def _score(one: Stand) -> dict[str, Any]:
    same = ("code", "unit", "period", "score", "rank", "of", "withheld")
    return {name: getattr(one, name) for name in same} | {
        "coverage": None if np.isnan(one.coverage) else one.coverage,
        "missing": list(one.missing),
    }


def _unit(row: Unit) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("code", "kind", "relations")} | {
        "name": _name(row.name_zh, row.name_en),
        "agency": row.agency.code if row.agency else None,
    }
