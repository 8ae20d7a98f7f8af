"""Cases for the administrator (案件): finding one, and its whole record with a CSV of it."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from minben.audit import queries as audit
from minben.base.access import Request, official
from minben.casework import queries as casework
from minben.desk.views.pages import found, page_of, show
from minben.desk.words import actor_words
from minben.kernel.actor import Role
from minben.kernel.periods import TAIPEI
from minben.kernel.text import formula_safe
from minben.people import queries as people
from minben.proposals.queries import desk as proposals

EVENTS_PER_PAGE: Final = 100
# Acts of many citizens, which would bury the acts of staff.
CITIZENS: Final = ("proposals.endorsed", "discussion.commented")


@official(Role.ADMINISTRATOR)
@require_safe
def cases(request: Request) -> HttpResponse:
    """Find a case by number or words of its subject, or those nobody is responsible for."""
    words = request.GET.get("q", "").strip()[:80]
    alone = request.GET.get("show") == "without-agency"
    page = page_of(request, proposals.cases_found(words, without_agency=alone))
    kept = {"show": "without-agency"} if alone else {}
    query = urlencode({**kept, **({"q": words} if words else {})})
    context = {"page": page, "q": words, "alone": alone, "base_query": f"{query}&" if query else ""}
    return show(request, "cases/list.html", context)


@official(Role.ADMINISTRATOR)
@require_safe
def record(request: Request, number: str) -> HttpResponse:
    """Everything recorded of a case, acts of staff included; endorsements only if asked for."""
    proposal = found(proposals.proposal_of(number))
    everything = request.GET.get("show") == "all"
    events = audit.case_events(proposal.case_id, leave_out=() if everything else CITIZENS)
    page = page_of(request, events, EVENTS_PER_PAGE)
    context = {
        "proposal": proposal,
        "page": page,
        "everything": everything,
        "names": people.names_of(_people_in(page)),
        "deadlines": casework.deadlines_of(proposal.case_id),
        "agencies": casework.agencies_of_case(proposal.case_id),
        "may_assign": proposal.state in ("checking", "endorsing", "reached"),
    }
    return show(request, "cases/record.html", context)


def _people_in(events: Iterable[Any]) -> set[str]:  # Any: events of the record
    """Who acted, and whose deputies they were."""
    return {one for event in events for one in (event.actor, *event.private.get("deputy_of", ()))}


@official(Role.ADMINISTRATOR)
@require_safe
def record_csv(request: Request, number: str) -> StreamingHttpResponse:
    """The whole record for a spreadsheet, which must not run anything that stands in it."""
    proposal = found(proposals.proposal_of(number))
    events = audit.case_events(proposal.case_id)
    names = people.names_of(audit.case_actors(proposal.case_id))
    response = StreamingHttpResponse(_lines(events, names), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="record-{number}.csv"'
    return response


def _lines(events: Any, names: dict[str, str]) -> Iterator[str]:
    """Any: a queryset of events. A byte order mark lets spreadsheets see UTF-8."""
    yield "\ufeff" + _line(
        [
            _("Time (Taiwan)"),
            pgettext("desk", "Kind"),
            _("What happened"),
            pgettext("desk", "Who"),
            pgettext("desk", "About"),
            pgettext("desk", "Data"),
        ]
    )
    for event in events.iterator(chunk_size=500):
        yield _line(
            [
                event.at.astimezone(TAIPEI).isoformat(timespec="seconds"),
                event.kind,
                str(event.declaration.label),
                event.actor_label or actor_words(event.actor, names),
                event.subject,
                json.dumps(event.data, ensure_ascii=False, sort_keys=True),
            ]
        )


def _line(values: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([formula_safe(value) for value in values])
    return out.getvalue()
