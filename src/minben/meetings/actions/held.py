"""What acts on meetings begin and end with: the row, held until then, and what is recorded."""

from datetime import datetime
from typing import Any

from minben.audit.actions import record
from minben.kernel.actor import Actor
from minben.kernel.machine import ForbiddenAct
from minben.kernel.refusal import Refusal
from minben.meetings.models import Meeting
from minben.meetings.permissions import require_run
from minben.meetings.rules import BASIS, COURSE, MeetingAct, MeetingState


def held(meeting_id: int) -> Meeting:
    """The meeting, locked. Whoever seats, moves or counts people holds it: so seats are exact."""
    rows = Meeting.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("case", "agency").get(pk=meeting_id)


def held_by(meeting_id: int, by: Actor) -> Meeting:
    """The meeting, locked, for somebody who may run it. Refuses ``not_host_agency``."""
    meeting = held(meeting_id)
    require_run(by, meeting)
    return meeting


def moved(meeting: Meeting, act: MeetingAct) -> MeetingState:
    """The state after `act`. Refuses ``meeting_course`` where the course knows no such act."""
    try:
        return COURSE.next(MeetingState(meeting.state), act)
    except ForbiddenAct:
        raise Refusal("meeting_course", basis=BASIS) from None


def require_ahead(meeting: Meeting, code: str) -> None:
    """Refuse `code` once the meeting was held or cancelled."""
    if meeting.state not in (MeetingState.PLANNED, MeetingState.ANNOUNCED):
        raise Refusal(code, basis=BASIS)


def bounded(text: str, least: int, most: int, field: str) -> str:
    """`text` without blanks around it; refuses ``meeting_text`` beside `field` if not so long."""
    text = text.strip()
    if not least <= len(text) <= most:
        raise Refusal("meeting_text", field=field, least=least, most=most)
    return text


def names(agency: Any) -> dict[str, str]:  # Any: an agency; its model is private to people
    """Both names of an agency, as events tell them."""
    return {"zh": agency.name_zh, "en": agency.name_en}


def tell(
    act: str, meeting: Meeting, by: Actor, at: datetime, /, *, label: str = "", **data: object
) -> None:
    """Record an act on a meeting, with its number and what else is told of it."""
    record(
        f"meetings.{act}",
        by=by,
        at=at,
        subject=f"meeting:{meeting.pk}",
        case_id=meeting.case_id,
        label=label,
        data={"meeting": meeting.number, **data},
    )
