"""What indicators there are (指標總覽): composite indices, single indicators by facets, sources."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minben.base.access import Request, public
from minben.base.hot_pages import kept
from minben.indicators.queries import pages, runs
from minben.indicators.queries.listing import FACETS, Filters, Option, found, options
from minben.indicators.queries.services import ServiceFilters, relation_counts, services
from minben.indicators.telling import words
from minben.indicators.views.public import asking

PER_PAGE = 30
NAMES = ("q", *FACETS)


@public
@kept()
@require_safe
def overview(request: Request) -> HttpResponse:
    """Indices, indicators and sources; words and facets narrow the indicators."""
    filters = filters_of(request)
    rows = found(filters)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    facets = options(filters)
    context: dict[str, Any] = {  # Any: template context
        "indices": [] if filters.narrow else cards(),
        "filters": filters,
        "page": page,
        "n": page.paginator.count,
        "facets": facets,
        "relations": [] if filters.narrow else six(facets["relation"]),
        "services": services(ServiceFilters(filters.q, filters.relation)).count(),
        "base": query_of(filters),
        "sources": [] if filters.narrow else pages.listed_sources(),
    }
    return render(request, "indicators/overview/page.html", context)


def six(indicators: Iterable[Option]) -> list[dict[str, Any]]:
    """The six relations with how many services and how many indicators have each, 0 included.

    Any: for the template.
    """
    counted = {one.code: one.n for one in indicators}
    return [
        {"code": one, "services": n, "indicators": counted.get(one, 0)}
        for one, n in relation_counts().items()
        if one
    ]


def cards() -> list[dict[str, Any]]:
    """The indices with a run first, each with its title and what it covers."""
    shown = [
        {
            "code": one.method.code,
            "title": words.both(one.title, one.method.code),
            "source": one.document.get("source", ""),
            "own": not one.method.shipped,
            "agency": one.method.agency,
            "run": one.run,
            "period": max(one.run.periods, default="") if one.run else "",
            "indicators": len(one.document.get("indicators", ())),
        }
        for one in runs.shown()
    ]
    return sorted(shown, key=lambda one: (one["run"] is None, one["code"]))


def filters_of(request: Request) -> Filters:
    """Words and facets of an address; what is no known value of a facet finds nothing."""
    told = {name: request.GET.get(name, "").strip()[: asking.LONGEST] for name in NAMES}
    return Filters(**told)


def query_of(filters: Filters) -> str:
    """The filters as the beginning of a query, before the number of a page."""
    query = asking.query_of({name: getattr(filters, name) for name in NAMES}, *NAMES)
    return f"{query}&" if query else ""
