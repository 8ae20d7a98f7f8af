"""Registering for oneself, the letter to the endorsers, giving a place up (報名、邀請附議者、取消)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max, Q

from minben.casework.about import about_one
from minben.kernel.actor import Actor
from minben.kernel.refusal import Refusal
from minben.meetings import letters
from minben.meetings.actions.held import bounded, held, held_by
from minben.meetings.actions.seating import LIVE, free, move_up, note_place, require_open, seat
from minben.meetings.inviting import endorsers_of
from minben.meetings.models import Meeting, Registration
from minben.meetings.rules import MeetingState
from minben.meetings.rules.places import NAME_MAX, NAMES_KEPT, PRACTICE, ParticipantKind, PlaceState
from minben.people import queries as people

NAMED = Q(person__isnull=False) | ~Q(name="") | ~Q(organisation="") | ~Q(note="")


@transaction.atomic
def invite_endorsers(*, meeting_id: int, by: Actor, at: datetime) -> Meeting:
    """Write to all endorsers; the first five who register get the places, in that order.

    Raises:
        Refusal: ``not_host_agency``, ``registration_closed``, ``invited_already``,
            ``nobody_to_invite``.
    """
    meeting = held_by(meeting_id, by)
    require_open(meeting, at)
    if meeting.invited_at is not None:
        raise Refusal("invited_already")
    if not letters.tell_endorsers(meeting, by=by, at=at):
        raise Refusal("nobody_to_invite")
    meeting.invited_at = at
    meeting.save(update_fields=["invited_at"])
    note_place("endorsers_invited", meeting, by, at)
    return meeting


@transaction.atomic
def register(
    *, meeting_id: int, kind: ParticipantKind, name: str, by: Actor, at: datetime
) -> Registration:
    """Register for oneself: as the proposer, as one who endorsed, or from the public.

    Who finds no room waits, in order.

    Raises:
        Refusal: ``not_verified``, ``registration_closed``, ``registered_already``,
            ``registration_kind``, ``endorsers_not_invited``, ``not_endorsed``,
            ``no_public_places``, ``meeting_text``.
    """
    if by.person_id is None or not by.verified:
        raise Refusal("meeting_not_verified")
    meeting = held(meeting_id)
    require_open(meeting, at)
    _require_kind(meeting, kind, by.person_id)
    text = bounded(name, 1, NAME_MAX, "name")
    if Registration.objects.filter(meeting=meeting, person=by.person_id, state__in=LIVE).exists():
        raise Refusal("registered_already")
    row = Registration(
        meeting=meeting,
        kind=kind,
        person=people.user_by_id(by.person_id),
        name=text,
        at=at,
        changed_at=at,
    )
    _seat_or_queue(row, by, at)
    return row


def _require_kind(meeting: Meeting, kind: ParticipantKind, person_id: int) -> None:
    if kind is ParticipantKind.PETITIONER:
        if about_one(meeting.case_id).petitioner_id != person_id:
            raise Refusal("meeting_not_petitioner", basis=PRACTICE)
    elif kind is ParticipantKind.ENDORSER:
        if meeting.invited_at is None:
            raise Refusal("endorsers_not_invited", basis=PRACTICE)
        declared = endorsers_of(meeting.case.origin)
        if declared is None or not declared.endorsed(meeting.case_id, person_id):
            raise Refusal("not_endorsed", basis=PRACTICE)
    elif kind is ParticipantKind.PUBLIC:
        if not meeting.public_places:
            raise Refusal("no_public_places")
    else:
        raise Refusal("registration_kind", basis=PRACTICE)


def _seat_or_queue(row: Registration, by: Actor, at: datetime) -> None:
    """Give a place, else the next number of the queue; tell whoever it is."""
    if not seat(row):
        rows = Registration.objects.filter(meeting=row.meeting)
        row.state, row.queue = (
            PlaceState.WAITING,
            (rows.aggregate(last=Max("queue"))["last"] or 0) + 1,
        )
    row.save()
    note_place(f"place_{row.state}", row.meeting, by, at, kind=row.kind)
    letters.tell_place(row.state, row.meeting, row, by=by, at=at)


@transaction.atomic
def give_up(*, registration_id: int, by: Actor, at: datetime) -> Registration:
    """Cancel one's own registration; the place goes to whoever waits first and may have it.

    Raises:
        Refusal: ``place_gone``, ``registration_closed``.
    """
    row = _own(registration_id, by)
    meeting = held(row.meeting_id)
    require_open(meeting, at)
    row = _own(registration_id, by)  # as it is now that nobody else moves places
    free(row, PlaceState.CANCELLED, at)
    note_place("place_cancelled", meeting, by, at, kind=row.kind)
    move_up(meeting, by, at)
    return row


def _own(registration_id: int, by: Actor) -> Registration:
    rows = Registration.objects.filter(pk=registration_id, state__in=LIVE)
    row = rows.filter(person__isnull=False, person=by.person_id).first()
    if row is None:
        raise Refusal("place_gone")
    return row


@transaction.atomic
def forget_person(*, person_id: int, by: Actor, at: datetime) -> None:
    """Take somebody's name off their registrations; of one that is to come the place is freed."""
    for row in Registration.objects.filter(person=person_id).select_related("meeting"):
        meeting = held(row.meeting_id)
        row.person, row.name, row.organisation = None, "", ""
        coming = meeting.state in (MeetingState.PLANNED, MeetingState.ANNOUNCED)
        if coming and row.state in LIVE:
            free(row, PlaceState.CANCELLED, at)
            move_up(meeting, by, at)
        else:
            row.save()


def forget_names(*, by: Actor, at: datetime) -> int:
    """Delete names and accounts of meetings half a year past; numbers stay. Returns how many."""
    past = at - NAMES_KEPT
    over = Q(meeting__ends_at__lte=past) | Q(meeting__cancelled_at__lte=past)
    found = Registration.objects.filter(over, NAMED).values_list("meeting", flat=True)
    return sum(_forget_names(pk, by, at) for pk in found.order_by("meeting").distinct())


@transaction.atomic
def _forget_names(meeting_id: int, by: Actor, at: datetime) -> int:
    meeting = held(meeting_id)
    rows = Registration.objects.filter(NAMED, meeting=meeting)
    count = rows.update(person=None, name="", organisation="", note="")
    note_place("names_deleted", meeting, by, at)
    return count
