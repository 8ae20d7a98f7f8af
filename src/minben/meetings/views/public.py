"""The list of meetings and the page of one (協作會議): what, who, when, and what comes of it."""

from collections.abc import Iterable

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minben.base.access import Request, public
from minben.base.staff import page_of
from minben.casework.about import about, about_one
from minben.meetings import queries
from minben.meetings.blocks import Reader, blocks_for
from minben.meetings.models import Meeting
from minben.meetings.rules import MeetingState
from minben.meetings.views.registering import kinds_for


@public
@require_safe
def meetings(request: Request) -> HttpResponse:
    """Coming and past meetings. Three queries, one more for every origin of cases."""
    coming = list(queries.coming(request.at)[:50])
    past = page_of(request, queries.past(request.at))
    cases = about({row.case_id for row in (*coming, *past.object_list)})

    def seen(rows: Iterable[Meeting]) -> list[Meeting]:
        """Those about cases that are public now."""
        return [row for row in rows if row.case_id in cases and cases[row.case_id].public]

    context = {"coming": seen(coming), "past": past, "past_seen": seen(past.object_list)}
    return render(request, "meetings/list.html", context)


def shown(number: str) -> Meeting:
    """A meeting that was announced; others do not exist for the public."""
    row = queries.meeting(number)
    if row is None or not row.is_public:
        raise Http404
    return row


@public
@require_safe
def meeting(request: Request, number: str) -> HttpResponse:
    """What somebody must know in a minute: what about, when and where, how to join, what then."""
    row = shown(number)
    told = about_one(row.case_id)
    if not told.public:
        raise Http404
    person_id = request.actor.person_id
    begins = row.starts_at
    can_register = (
        row.state == MeetingState.ANNOUNCED and begins is not None and request.at < begins
    )
    numbers = queries.numbers_of(row)
    context = {
        "meeting": row,
        "about": told,
        "numbers": numbers,
        "steps": _steps(row),
        "place": queries.my_place(row, person_id),
        "can_register": can_register,
        "kinds": kinds_for(row, told, person_id),
        "is_petitioner": person_id is not None and told.petitioner_id == person_id,
        "blocks": blocks_for(Reader.PUBLIC, row, request.actor, request.at),
        "of_petition": told.petitioner_id is not None,
    }
    return render(request, "meetings/meeting.html", context)


def _steps(meeting: Meeting) -> list[tuple[str, bool, bool]]:
    """The course of a meeting: code, whether it is done, whether it is now."""
    order = [MeetingState.ANNOUNCED, MeetingState.HELD, MeetingState.REPORTED]
    if meeting.state == MeetingState.CANCELLED:
        return []
    now = order.index(MeetingState(meeting.state))
    return [(state.value, n <= now, n == now) for n, state in enumerate(order)]
