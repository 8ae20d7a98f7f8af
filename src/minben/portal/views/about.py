"""What the platform says of itself (關於本平臺): how it works, rules, accessibility, privacy, feeds."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minben.base.access import Request, public
from minben.portal.api_described import Endpoint, endpoints
from minben.portal.rules_told import all_told, coverage, steps, told, usual
from minben.proposals.feeds import FEEDS


def _operator() -> dict[str, Any]:  # Any: template context
    return {"operator": settings.OPERATOR_NAME, "contact": settings.OPERATOR_CONTACT}


@public
@require_safe
def about(request: Request) -> HttpResponse:
    """How it works, in plain words, with the numbers in force."""
    rule_set = usual(request.at)
    numbers = {
        "rule_set": rule_set,
        "steps": steps(rule_set.rules) if rule_set else [],
        "clauses": told(rule_set.rules) if rule_set else [],
    }
    return render(request, "portal/about/about.html", numbers | _operator())


@public
@require_safe
def rules(request: Request) -> HttpResponse:
    """Every rule set with its numbers, clauses, source and grounds; the calendar's coverage."""
    context = {"rule_sets": all_told(request.at), "coverage": coverage(request.at)}
    return render(request, "portal/about/rules.html", context)


@public
@require_safe
def accessibility(request: Request) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "portal/about/accessibility.html", _operator())


@public
@require_safe
def privacy(request: Request) -> HttpResponse:
    """What is kept of whom, what is public, and for how long."""
    return render(request, "portal/about/privacy.html", _operator())


@public
@require_safe
def licence(request: Request) -> HttpResponse:
    """Under which licence the program is, and whose data the pages are."""
    return render(request, "portal/about/licence.html", _operator())


@public
@require_safe
def feed_list(request: Request) -> HttpResponse:
    """The feeds, and how to use them."""
    return render(request, "portal/about/feeds.html", {"feeds": FEEDS.values()})


@public
@require_safe
def api_page(request: Request, schema: Callable[[], dict[str, Any]]) -> HttpResponse:
    """What machines can read, made from the same description that is published for them."""
    found: list[Endpoint] = endpoints(schema())
    return render(request, "portal/about/api.html", {"endpoints": found, "site": settings.SITE_URL})
