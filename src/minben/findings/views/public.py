"""The public page of a case's findings (使用者測試發現)."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minben.base.access import Request, public
from minben.base.hot_pages import kept
from minben.casework.about import about_one
from minben.casework.queries.dossier import case_numbered
from minben.findings.queries import whole_studies


@public
@kept()
@require_safe
def findings(request: Request, number: str) -> HttpResponse:
    """Every published study of a case: a strip by step, and the findings behind it."""
    case = case_numbered(number)
    if case is None:
        raise Http404
    about = about_one(case.pk)
    studies = whole_studies(case.pk) if about.public else ()
    if not studies:
        raise Http404
    context = {"about": about, "studies": studies, "number": number}
    return render(request, "findings/page.html", context)
