"""The clock wall for other programs (期限訂閱): calendars (ICS) and a feed (Atom)."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minben.base.access import Request, public
from minben.base.presentation import is_chinese
from minben.casework.about import About, about
from minben.casework.queries import duties
from minben.casework.queries.dossier import case_numbered
from minben.casework.queries.wall import state_of
from minben.casework.words import DUTIES
from minben.kernel.periods import last_day
from minben.kernel.text import xml_safe
from minben.people import queries as people
from minben.portal.calendars import calendar_of
from minben.portal.views.clock import CODE_MAX, WORDS

SHOWN = 50
HALF_AN_HOUR = 1800


@public
@require_safe
def clock_ics(request: Request) -> HttpResponse:
    """What an agency owes, or all of them: running duties, and those ended in half a year."""
    code, name = _agency(request)
    rows = duties.calendar_of_agency(code, request.at)
    return _calendar(request, f"{_('Clock wall')} · {name}" if name else _("Clock wall"), rows)


@public
@require_safe
def case_ics(request: Request, number: str) -> HttpResponse:
    """The duties of one case; a case that is not public does not exist."""
    case = case_numbered(number)
    told = about([case.pk]).get(case.pk) if case else None
    if case is None or told is None or not told.public:
        raise Http404
    return _calendar(request, told.subject, duties.duties_of_case(case.pk), {case.pk: told})


@public
@require_safe
def clock_atom(request: Request) -> HttpResponse:
    """What happened to duties, newest first: begun, extended, passed unmet, done, cancelled."""
    code, name = _agency(request)
    rows = duties.newest_duties(code, SHOWN)
    cases = about([row.case_id for row in rows])
    query = f"?{urlencode({'agency': code})}" if code else ""
    text = _("What the government owes by law, to whom it fell, and by when.")
    written = Atom1Feed(
        title=f"{_('Clock wall')} · {name}" if name else _("Clock wall"),
        subtitle=text,
        description=text,
        link=request.build_absolute_uri(f"{reverse('portal:clock')}{query}"),
        language=get_language(),
        feed_url=request.build_absolute_uri(),
    )
    for row in rows:
        _add(written, row, cases.get(row.case_id), request)
    return _answer(str(written.writeString("utf-8")), "application/atom+xml; charset=utf-8")


def _agency(request: Request) -> tuple[str, str]:
    """Code and name of the agency asked for; nothing for all. One query, or none."""
    code = request.GET.get("agency", "")[:CODE_MAX]
    if not code:
        return "", ""
    found = people.agency_by_code(code) if code.isprintable() else None
    if found is None:
        raise Http404
    return code, found.name_zh if is_chinese() else found.name_en or found.name_zh


def _address(request: Request, path: str) -> str:
    return str(request.build_absolute_uri(path if is_chinese() else f"/{get_language()}{path}"))


def _calendar(
    request: Request, name: str, rows: Any, cases: dict[int, About] | None = None
) -> HttpResponse:  # Any: rows of casework
    known = about([row.case_id for row in rows]) if cases is None else cases
    body = calendar_of(name, rows, known, lambda path: _address(request, path), request.at)
    return _answer(body, "text/calendar; charset=utf-8")


def _add(written: Atom1Feed, row: Any, case: About | None, request: Request) -> None:
    told = case if case and case.public else None
    happened: datetime = min(duties.changed_at(row), request.at)
    page = _address(request, told.path) if told else request.build_absolute_uri("/clock/")
    agency = row.agency.name_zh if row.agency else _("Office that runs the platform")
    state = WORDS[state_of(row, request.at)]
    due = last_day(row.due_at).isoformat()
    written.add_item(
        title=xml_safe(
            f"{DUTIES.get(row.kind, row.kind)}：{told.subject if told else row.case.number}"
        ),
        link=page,
        description=xml_safe(f"{state} · {agency} · {row.case.number} · {due} · {row.basis}"),
        unique_id=f"{request.build_absolute_uri('/clock/')}#duty-{row.pk}",
        pubdate=min(row.starts_at, request.at),
        updateddate=happened,
        categories=[row.kind],
    )


def _answer(body: str | bytes, kind: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    response["Cache-Control"] = f"public, max-age={HALF_AN_HOUR}"
    return response
