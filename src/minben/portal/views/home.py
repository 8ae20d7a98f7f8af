"""The first page (首頁): what this is, what is going on, and how to take part."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minben.base.access import Request, public
from minben.base.hot_pages import kept
from minben.portal.rules_told import steps, usual
from minben.proposals.queries.home import attention, figures


@public
@kept()
@require_safe
def home(request: Request) -> HttpResponse:
    """The first page. Six queries, two more for somebody who is signed in."""
    rule_set = usual(request.at)
    context = {
        "figures": figures(request.at),
        "attention": attention(request.at),
        "rule_set": rule_set,
        "steps": steps(rule_set.rules) if rule_set else [],
    }
    return render(request, "portal/home.html", context)
