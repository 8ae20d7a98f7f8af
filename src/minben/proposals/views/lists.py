"""The list of proposals (提議列表): words, facets, order and pages, all of it in the address."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from minben.base.access import Request, public
from minben.base.hot_pages import kept
from minben.proposals.forms.listing import Asked, Name, query_of, read_filters
from minben.proposals.labels import (
    FACET_LABELS,
    SORT_LABELS,
    county_label,
    stage_label,
    topic_label,
)
from minben.proposals.queries.listing import Facet, FacetValue, Listing, Sort, closest, listing
from minben.proposals.queries.stages import LISTED_STAGES

LONG = (Facet.TOPIC, Facet.AGENCY, Facet.COUNTY)  # facets with too many values for checkboxes


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet as the form shows it; `n` is None where the page can't know it."""

    code: str
    name: Name
    n: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A facet as the form shows it; a long one as a menu, a short one as boxes to tick."""

    name: str
    label: object
    menu: bool
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link that changes one thing about the list."""

    text: object
    query: str
    here: bool = False


@public
@kept()
@require_safe
def proposal_list(request: Request) -> HttpResponse:
    """The list; for htmx only the part of the page that changes."""
    asked = read_filters(request.GET)
    found = listing(asked.filters, asked.page, request.at)
    partly = bool(request.headers.get("HX-Request")) and not request.headers.get("HX-Boosted")
    response = render(
        request,
        "proposals/list/results.html" if partly else "proposals/list/page.html",
        _context(asked, found, request.at) | {"partly": partly},
    )
    patch_vary_headers(response, ["HX-Request"])
    return response


def _context(asked: Asked, found: Listing, at: datetime) -> dict[str, Any]:  # Any: template context
    query = query_of(asked.filters)
    alone = not found.total and asked.filters.words and not _narrowings(asked)
    return {
        "asked": asked,
        "closest": closest(asked.filters.words, at) if alone else [],
        "filters": asked.filters,
        "found": found,
        "groups": [_group(facet, asked, found) for facet in Facet],
        "chips": _chips(asked),
        "narrowings": _narrowings(asked),
        "sorts": _sorts(asked),
        "query": query,
        "page_base": f"{query}&" if query else "",
    }


def _narrowings(asked: Asked) -> int:
    """How many values of facets are chosen."""
    return sum(len(asked.filters.chosen(facet)) for facet in Facet)


def _group(facet: Facet, asked: Asked, found: Listing) -> Group:
    chosen = asked.filters.chosen(facet)
    options = [
        Option(value.code, _name(facet, value), value.n, value.code in chosen)
        for value in found.facets[facet]
    ]
    shown = {option.code for option in options}
    options += [
        Option(code, asked.names[facet, code], 0, True) for code in chosen if code not in shown
    ]
    if facet is Facet.STAGE:
        order = [stage.value for stage in LISTED_STAGES]
        options.sort(key=lambda option: order.index(option.code))
    return Group(facet.value, FACET_LABELS[facet], facet in LONG, tuple(options))


def _name(facet: Facet, value: FacetValue) -> Name:
    if facet is Facet.STAGE:
        return stage_label(value.code)
    if facet is Facet.TOPIC:
        return topic_label(value.code)
    return county_label(value.code) if facet is Facet.COUNTY else value.name


def _chips(asked: Asked) -> list[Link]:
    """What narrows the list now, each with the address of the list without it."""
    chips = []
    if asked.filters.words:
        bare = replace(asked.filters, words="", sort=_unmatched(asked.filters.sort))
        chips.append(Link(f"「{asked.filters.words}」", query_of(bare)))
    for facet in Facet:
        for code in asked.filters.chosen(facet):
            query = query_of(asked.filters, without=(facet, code))
            chips.append(Link(asked.names[facet, code], query))
    return chips


def _sorts(asked: Asked) -> list[Link]:
    offered = [sort for sort in Sort if sort is not Sort.MATCH or asked.filters.words]
    sorts = [s for s in offered if s is not Sort.REACHED or asked.filters.sort is s]
    return [
        Link(
            SORT_LABELS[sort],
            query_of(replace(asked.filters, sort=sort)),
            sort is asked.filters.sort,
        )
        for sort in sorts
    ]


def _unmatched(sort: Sort) -> Sort:
    return Sort.NEWEST if sort is Sort.MATCH else sort
