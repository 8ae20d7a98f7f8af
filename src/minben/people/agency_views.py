"""The public pages of the list of agencies (機關清單): who there is, who was, who succeeded whom."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minben.base.access import Request, public
from minben.base.hot_pages import kept
from minben.kernel.periods import local_day
from minben.people import queries
from minben.people.rules import exists_on


@dataclass(slots=True)
class Branch:
    """An agency as the page draws it, with those below it."""

    agency: Any  # the model is private to its module, and templates read it
    exists: bool
    below: list["Branch"] = field(default_factory=list)


def _branches(nodes: Iterable[queries.AgencyNode]) -> list[Branch]:
    """The tops of a tree that comes as lines with their depth."""
    tops: list[Branch] = []
    path: list[Branch] = []
    for node in nodes:
        branch = Branch(node.agency, node.exists)
        del path[node.depth :]
        (path[-1].below if path else tops).append(branch)
        path.append(branch)
    return tops


@public
@kept()
@require_safe
def agencies(request: Request) -> HttpResponse:
    """The tree of each government, those that ended included."""
    trees = [
        {"government": one, "branches": _branches(queries.agency_tree(one.code, request.at))}
        for one in queries.jurisdictions()
    ]
    context = {"trees": [tree for tree in trees if tree["branches"]]}
    return render(request, "people/agencies/list.html", context)


@public
@kept()
@require_safe
def agency(request: Request, code: str) -> HttpResponse:
    """One agency: names, days, codes, and where it stands."""
    row = queries.agency_page(code)
    if row is None:
        raise Http404
    exists = exists_on(row.valid_from, row.valid_until, local_day(request.at))
    context = {
        "agency": row,
        "exists": exists,
        "participation": queries.has_participation_officer(row.pk, request.at),
    }
    return render(request, "people/agencies/agency.html", context)
