"""The whole record of a case (案件紀錄), as a page and as files an auditor can check.

Administrators read any, the leads of the agency in charge their own case's. What the record keeps
for auditors only (addresses, numbers, grounds of a person's refusal) is in none of them, but for
whose deputy somebody was.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from minben.audit import queries as audit
from minben.base.access import Request, official
from minben.desk.dossier import CITIZENS, Dossier, dossier_of
from minben.desk.views.pages import found, page_of, show
from minben.desk.words import actor_words
from minben.kernel.actor import Role
from minben.kernel.periods import TAIPEI
from minben.kernel.refusal import Refusal
from minben.kernel.text import formula_safe
from minben.ledger import queries as ledger
from minben.ledger.entries import instant
from minben.people import queries as people

EVENTS_PER_PAGE: Final = 100
AUDITING: Final = (Role.ADMINISTRATOR, Role.LEAD)


def _dossier(request: Request, number: str) -> Dossier:
    dossier = found(dossier_of(number, request.at))
    actor, lead = request.actor, dossier.case.lead_id
    if actor.has(Role.ADMINISTRATOR) or (lead is not None and actor.has(Role.LEAD, lead)):
        return dossier
    raise Refusal("record_of_another")


@official(*AUDITING)
@require_safe
def record(request: Request, number: str) -> HttpResponse:
    """Everything recorded of a case, acts of staff included; endorsements only if asked for."""
    dossier = _dossier(request, number)
    everything = request.GET.get("show") == "all"
    events = audit.case_events(dossier.case.pk, leave_out=() if everything else CITIZENS)
    page = page_of(request, events, EVENTS_PER_PAGE)
    context = {
        "dossier": dossier,
        "number": number,
        "page": page,
        "everything": everything,
        "names": people.names_of(_people_in(page)),
        "may_assign": request.actor.has(Role.ADMINISTRATOR)
        and dossier.state in ("checking", "endorsing", "reached"),
    }
    return show(request, "cases/record.html", context)


def _people_in(events: Iterable[Any]) -> set[str]:  # Any: events of the record
    """Who acted, and whose deputies they were."""
    return {one for event in events for one in (event.actor, *event.private.get("deputy_of", ()))}


@official(*AUDITING)
@require_safe
def record_csv(request: Request, number: str) -> StreamingHttpResponse:
    """The whole record for a spreadsheet, which must not run anything that stands in it."""
    case = _dossier(request, number).case
    names = people.names_of(audit.case_actors(case.pk))
    lines = _lines(audit.case_events(case.pk), names, _leaves(case.pk))
    return _file(lines, "text/csv; charset=utf-8", f"record-{number}.csv")


@official(*AUDITING)
@require_safe
def record_json(request: Request, number: str) -> StreamingHttpResponse:
    """The whole record for machines, each act with its place in the public ledger."""
    dossier = _dossier(request, number)
    names = people.names_of(audit.case_actors(dossier.case.pk))
    parts = _json(request, dossier, names)
    return _file(parts, "application/json; charset=utf-8", f"record-{number}.json")


def _file(parts: Iterator[str], kind: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(parts, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def _leaves(case_id: int) -> dict[tuple[str, int], tuple[int, str]]:
    """Place and hash in the ledger of the acts of a case, by kind and row. One query."""
    rows = ledger.leaves_of_case(case_id).exclude(kind__in=CITIZENS).filter(ref__isnull=False)
    told = rows.values_list("kind", "ref", "index", "hash")
    return {(kind, ref or 0): (index, bytes(hashed).hex()) for kind, ref, index, hashed in told}


def _json(request: Request, dossier: Dossier, names: Mapping[str, str]) -> Iterator[str]:
    case, leaves = dossier.case, _leaves(dossier.case.pk)
    head = {
        "case": case.number,
        "subject": dossier.subject,
        "government": case.jurisdiction.code,
        "rule_set": case.rule_set.code,
        "made_at": instant(request.at),
        "ledger_size": ledger.tree_size(),
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "events": [\n'
    between = ""
    for event in audit.case_events(case.pk).iterator(chunk_size=500):
        index, hashed = leaves.get((event.kind, event.pk), (None, None))
        told = {
            "id": event.pk,
            "at": instant(event.at),
            "kind": event.kind,
            "actor": event.actor,
            "name": names.get(event.actor, ""),
            "office": event.actor_label,
            "deputy_of": event.private.get("deputy_of", []),
            "subject": event.subject,
            "data": event.data,
            "leaf": index,
            "leaf_hash": hashed,
        }
        yield between + json.dumps(told, ensure_ascii=False)
        between = ",\n"
    yield "\n]}\n"


def _lines(
    events: Any, names: dict[str, str], leaves: Mapping[tuple[str, int], tuple[int, str]]
) -> Iterator[str]:
    """Any: a queryset of events. A byte order mark lets spreadsheets see UTF-8."""
    yield "\ufeff" + _line(
        [
            _("Time (Taiwan)"),
            pgettext("desk", "Kind"),
            _("What happened"),
            pgettext("desk", "Who"),
            pgettext("desk", "About"),
            pgettext("desk", "Data"),
            _("Place in the ledger"),
        ]
    )
    for event in events.iterator(chunk_size=500):
        place = leaves.get((event.kind, event.pk))
        yield _line(
            [
                event.at.astimezone(TAIPEI).isoformat(timespec="seconds"),
                event.kind,
                str(event.declaration.label),
                event.actor_label or actor_words(event.actor, names),
                event.subject,
                json.dumps(event.data, ensure_ascii=False, sort_keys=True),
                str(place[0]) if place else "",
            ]
        )


def _line(values: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([formula_safe(value) for value in values])
    return out.getvalue()
