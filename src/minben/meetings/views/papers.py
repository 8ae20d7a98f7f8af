"""Staff: what is printed for a meeting (名牌、桌牌、簽到表、議程表)."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from minben.base.access import Request, official
from minben.base.staff import show
from minben.meetings import queries
from minben.meetings.fonts import PACKAGE, cjk_font
from minben.meetings.rules.places import PlaceState
from minben.meetings.views.showing import STAFF, run_by


@official(*STAFF)
@require_safe
def papers(request: Request, number: str) -> HttpResponse:
    """What can be printed, or what is missing for it."""
    meeting = run_by(request, number)
    context = {
        "meeting": meeting,
        "back": reverse("meetings_desk:meeting", args=[number]),
        "font": cjk_font(),
        "package": PACKAGE,
    }
    return show(request, "meetings/desk/papers.html", context)


@official(*STAFF)
@require_safe
def paper(request: Request, number: str, code: str) -> HttpResponse:
    """One sheet as PDF; it bears names, so nobody keeps a copy on the way."""
    # What sets type takes 0.2 s to load, and only whoever prints needs it.
    from minben.meetings.printing import SHEETS, Sheet, printed

    meeting = run_by(request, number)
    font = cjk_font()
    if code not in SHEETS or font is None:
        raise Http404
    people = [row for row in queries.participants(meeting) if row.state == PlaceState.SEATED]
    sheet = Sheet(meeting, people, queries.agenda_of(meeting))
    answer = HttpResponse(printed(code, sheet, font), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{meeting.number}-{code}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer
