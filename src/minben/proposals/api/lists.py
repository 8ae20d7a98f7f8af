"""The list of proposals and its figures, for machines (提議列表、統計)."""

from dataclasses import asdict
from http import HTTPStatus
from typing import Any

from ninja import Field, Query, Router, Schema

from minben.base.access import Request
from minben.base.api import PAGE_MAX, Name, Problem, Trouble, in_both, page_info
from minben.base.presentation import stage
from minben.people import queries as people
from minben.proposals.api.schemas import Lines
from minben.proposals.forms.listing import VALUE_MAX, read_filters
from minben.proposals.labels import TOPIC_LABELS
from minben.proposals.queries.home import figures
from minben.proposals.queries.listing import PER_PAGE, Facet, FacetValue, Sort, listing
from minben.proposals.queries.search import WORDS_MAX
from minben.proposals.queries.stages import LISTED_STAGES
from minben.proposals.rules import Stage

router = Router()


class Wanted(Schema):
    """What a list may be asked for. A facet may be given several times: either value will do."""

    q: str = Field("", max_length=WORDS_MAX, description="words; all of them must occur")
    stage: list[Stage] = Field([], description="stage of a proposal's life")
    government: list[str] = Field([], description="code of a government, see /governments")
    topic: list[str] = Field([], description="code of a topic, see /topics")
    agency: list[str] = Field([], description="code of an agency, see /agencies")
    county: list[str] = Field([], description="the proposer's county or city, in Chinese")
    sort: Sort | None = Field(None, description="match needs words and is usual with them")
    page: int = Field(1, ge=1, le=PAGE_MAX, description="number of the page, from 1")
    per_page: int = Field(PER_PAGE, ge=1, le=100, description="how many on a page")


class FiguresOut(Schema):
    """Counts over all public proposals at one instant."""

    asof: str
    proposals: int
    open_now: int
    reached: int
    answered: int
    answers_due: int = Field(description="given, or fallen due; the n of in_time")
    in_time: int
    in_time_percent: int | None
    endorsements: int
    source: str


@router.get(
    "/proposals", response={200: Lines, 404: Problem, 422: Problem}, summary="List of proposals"
)
def proposals(request: Request, wanted: Query[Wanted]) -> dict[str, Any]:
    """The same list, search and facets as the page. Only what is public."""
    asked = read_filters(request.GET)
    if asked.unknown:
        message = f"Unknown here: {', '.join(asked.unknown)}"[: 10 * VALUE_MAX]
        raise Trouble(HTTPStatus.UNPROCESSABLE_ENTITY, "unknown_value", message)
    found = listing(asked.filters, wanted.page, request.at, size=wanted.per_page)
    return page_info(request, found.page, wanted.page) | {
        "items": found.cards,
        "facets": {
            facet: [_named(facet, value) for value in values]
            for facet, values in found.facets.items()
        },
        "search_cut": found.cut,
    }


@router.get("/figures", response=FiguresOut, summary="Figures of the first page")
def first_figures(request: Request) -> dict[str, Any]:
    """How many proposals there are, and how the government keeps its dates."""
    at = request.at
    counted = figures(at)
    return asdict(counted) | {
        "asof": at.isoformat(),
        "in_time_percent": counted.in_time_percent,
        "source": "this platform's own records",
    }


class Word(Schema):
    """A code and what it is called."""

    code: str
    name: Name


@router.get("/topics", response=list[Word], summary="Topics")
def topics(request: Request) -> list[dict[str, Any]]:
    """The topics a proposal may be about."""
    return [{"code": code, "name": in_both(name)} for code, name in TOPIC_LABELS.items()]


@router.get("/stages", response=list[Word], summary="Stages")
def stages(request: Request) -> list[dict[str, Any]]:
    """The stages a public proposal can be in."""
    return [{"code": one, "name": in_both(stage(one).word)} for one in LISTED_STAGES]


def _named(facet: Facet, value: FacetValue) -> dict[str, Any]:
    """A facet's value with its name in both languages."""
    if facet is Facet.STAGE:
        name: Any = in_both(stage(value.code).word)
    elif facet is Facet.TOPIC:
        name = in_both(TOPIC_LABELS.get(value.code, value.code))
    elif facet is Facet.COUNTY:
        english = {county.name_zh: county.name_en for county in people.counties()}
        name = {"zh": value.code, "en": english.get(value.code, "")}
    else:
        name = value.name
    return {"code": value.code, "name": name, "n": value.n}
