"""Public services of agencies (公共服務), by whom they are between; and as a table to keep."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minben.base.access import Request, public
from minben.base.hot_pages import kept
from minben.indicators.exporting.units import services_csv
from minben.indicators.queries import services as found
from minben.indicators.queries.services import NAMES, ServiceFilters
from minben.indicators.views.public import asking
from minben.indicators.views.public.files import attached

PER_PAGE = 50


@public
@kept()
@require_safe
def services(request: Request) -> HttpResponse:
    """The services; words and facets narrow them, and counts say what a facet would leave."""
    filters = filters_of(request)
    page = Paginator(found.services(filters), PER_PAGE).get_page(request.GET.get("page"))
    counts = found.relation_counts(filters)
    observed = found.observed_counts([one.pk for one in page])
    asked = {name: getattr(filters, name) for name in NAMES}
    query = asking.query_of(asked, *NAMES)
    context: dict[str, Any] = {  # Any: template context
        "filters": filters,
        "page": page,
        "rows": [(one, observed.get(one.pk, 0)) for one in page],
        "n": page.paginator.count,
        "relations": counts,
        "total": counts[found.ALL],
        "agencies": found.agency_options(filters),
        "query": query,
        "base": f"{query}&" if query else "",
        "others": asking.query_of(asked, "q", "agency"),  # what a choice of relation keeps
    }
    return render(request, "indicators/services/page.html", context)


@public
@require_safe
def services_file(request: Request) -> HttpResponse:
    """The same services as CSV, in the form the desk takes them in."""
    rows = found.handed_out(found.services(filters_of(request)))
    return attached(services_csv(rows), "text/csv; charset=utf-8", "services.csv")


def filters_of(request: Request) -> ServiceFilters:
    """Words and facets of an address; what is no known value of a facet finds nothing."""
    told = {name: request.GET.get(name, "").strip()[: asking.LONGEST] for name in NAMES}
    return ServiceFilters(**told)
