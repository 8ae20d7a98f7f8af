"""The public page of a case's handling (處理歷程): what the government does with it, step by step."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minben.base.access import Request, public
from minben.base.sections import Reader, Seen, sections_for
from minben.casework import queries as casework
from minben.casework.about import about_one
from minben.casework.queries.dossier import case_numbered


@public
@require_safe
def handling(request: Request, number: str) -> HttpResponse:
    """What every module tells the public of the case; a case that is not public does not exist.

    Two queries, one more for every origin of cases, and one for every section.
    """
    case = case_numbered(number)
    if case is None:
        raise Http404
    about = about_one(case.pk)
    if not about.public:
        raise Http404
    seen = Seen(case.pk, number, request.actor, request.at)
    context = {
        "case": case,
        "about": about,
        "seen": seen,
        "agencies": casework.agencies_of_cases([case.pk]).get(case.pk, ()),
        "sections": sections_for(Reader.PUBLIC, seen),
        "of_agency": about.path == f"/cases/{number}/",
    }
    return render(request, "portal/handling.html", context)
