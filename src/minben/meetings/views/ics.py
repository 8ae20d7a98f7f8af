"""A meeting as a calendar entry (行事曆, RFC 5545)."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event, vUri

from minben.base.access import Request, public
from minben.casework.about import about_one
from minben.meetings import queries
from minben.meetings.rules import MeetingState


@public
@require_safe
def calendar(request: Request, number: str) -> HttpResponse:
    """One meeting; whoever subscribed to it learns when it is moved or called off."""
    row = queries.meeting(number)
    if row is None or not row.is_public or row.starts_at is None or row.ends_at is None:
        raise Http404
    if not about_one(row.case_id).public:
        raise Http404
    page = request.build_absolute_uri("./")
    entry = Event()
    entry.add("uid", f"meeting-{row.number}@{request.get_host()}")
    entry.add("dtstamp", row.announced_at or row.opened_at)
    entry.add("dtstart", row.starts_at)
    entry.add("dtend", row.ends_at)
    entry.add("summary", row.title)
    entry.add("description", f"{row.purpose}\n{row.agency.name_zh}")
    entry.add("location", row.place)
    entry.add("url", vUri(row.live_url or page))
    off = row.state == MeetingState.CANCELLED
    entry.add("status", "CANCELLED" if off else "CONFIRMED")
    told = Calendar()
    told.add("prodid", "-//Minben//meetings//ZH")
    told.add("version", "2.0")
    told.add("method", "PUBLISH")
    told.add_component(entry)
    answer = HttpResponse(told.to_ical(), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{row.number}.ics"'
    return answer
