"""Finding a case (案件查找): an agency's own, or all of them for checkers and administrators."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from minben.base.access import Request, official
from minben.desk.dossier import SEES_EVERY_CASE
from minben.desk.views.pages import HAVING_CASES, page_of, show
from minben.kernel.actor import AGENCY_ROLES, Actor
from minben.proposals.queries.dossier import cases_known

WORDS_MOST = 80


def agencies_known_to(actor: Actor) -> frozenset[int] | None:
    """Whose cases the actor may find; None for every case."""
    if any(actor.has(role) for role in SEES_EVERY_CASE):
        return None
    return frozenset(
        grant.agency_id
        for grant in actor.grants
        if grant.role in AGENCY_ROLES and grant.agency_id is not None
    )


@official(*HAVING_CASES)
@require_safe
def cases(request: Request) -> HttpResponse:
    """Find a case by number or words of its subject, or those nobody is responsible for."""
    words = request.GET.get("q", "").strip()[:WORDS_MOST]
    agencies = agencies_known_to(request.actor)
    alone = agencies is None and request.GET.get("show") == "without-agency"
    rows = cases_known(request.at, words, agency_ids=agencies, without_agency=alone)
    kept = {"show": "without-agency"} if alone else {}
    query = urlencode({**kept, **({"q": words} if words else {})})
    context = {
        "page": page_of(request, rows),
        "q": words,
        "alone": alone,
        "everywhere": agencies is None,
        "base_query": f"{query}&" if query else "",
    }
    return show(request, "cases/list.html", context)
