"""Giving places and taking them away, while the meeting is held (席位)."""

from collections import Counter
from datetime import datetime

from minben.audit.actions import record
from minben.casework.rules import CaseOrigin
from minben.kernel.actor import Actor
from minben.kernel.refusal import Refusal
from minben.meetings import letters
from minben.meetings.models import Meeting, Registration
from minben.meetings.rules import BASIS, CAPACITY_MAX, MeetingState
from minben.meetings.rules.places import (
    ENDORSERS_MAX,
    ParticipantKind,
    PlaceState,
    has_room,
)

LIVE = (PlaceState.SUGGESTED, PlaceState.SEATED, PlaceState.WAITING)


def require_open(meeting: Meeting, at: datetime) -> None:
    """Registration is open from the announcement until the meeting begins."""
    if meeting.state != MeetingState.ANNOUNCED:
        raise Refusal("registration_closed", basis=BASIS)
    if meeting.starts_at is None or at >= meeting.starts_at:
        raise Refusal("registration_closed", basis=BASIS)


def seat(row: Registration) -> bool:
    """Put a free place into `row`, which is not saved; False if there is none."""
    kind, meeting = ParticipantKind(row.kind), row.meeting
    taken = list(
        Registration.objects.filter(meeting=meeting, state=PlaceState.SEATED).values_list(
            "kind", "seat", "quota", "agency"
        )
    )
    seated = Counter(ParticipantKind(one[0]) for one in taken)
    petition = meeting.case.origin == CaseOrigin.PROPOSAL
    room = has_room(
        kind,
        capacity=meeting.capacity,
        public_places=meeting.public_places,
        seated=seated,
        petition=petition,
    )
    if not room:
        return False
    same = [one[2] for one in taken if one[0] == kind]
    if kind is ParticipantKind.STAKEHOLDER:
        same = [one[2] for one in taken if one[0] == kind and one[3] == row.agency_id]
    if kind in (ParticipantKind.ENDORSER, ParticipantKind.STAKEHOLDER):
        row.quota = next((n for n in range(1, ENDORSERS_MAX + 1) if n not in same), None)
        if row.quota is None:
            return False
    used = {one[1] for one in taken}
    row.seat = next(n for n in range(1, CAPACITY_MAX + 1) if n not in used)
    row.state, row.queue = PlaceState.SEATED, None
    return True


def free(
    row: Registration, state: PlaceState, at: datetime, reason: str = "", note: str = ""
) -> None:
    """Take place, table and number in the queue away; the caller moves others up."""
    row.state, row.seat, row.quota, row.queue = state, None, None, None
    row.table, row.is_host, row.attendance = None, False, ""
    row.reason, row.note, row.changed_at = reason, note, at
    row.save()


def move_up(meeting: Meeting, by: Actor, at: datetime) -> None:
    """Seat those who wait, in order, as far as there is room for their kind."""
    waiting = Registration.objects.filter(meeting=meeting, state=PlaceState.WAITING)
    for row in waiting.select_related("person", "meeting__case", "meeting__agency").order_by(
        "queue"
    ):
        if seat(row):
            row.changed_at = at
            row.save()
            note_place("place_moved_up", meeting, by, at, kind=row.kind)
            letters.tell_place("moved_up", meeting, row, by=by, at=at)


def note_place(act: str, meeting: Meeting, by: Actor, at: datetime, **told: str) -> None:
    record(
        f"meetings.{act}",
        by=by,
        at=at,
        subject=f"meeting:{meeting.pk}",
        case_id=meeting.case_id,
        data={"meeting": meeting.number, **told},
    )
