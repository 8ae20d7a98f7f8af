"""Opening a meeting, setting time and place, announcing it, calling it off (籌備、公告、取消)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db import transaction

from minben.casework import queries as casework
from minben.casework.about import about_one
from minben.kernel.actor import Actor
from minben.kernel.periods import local_day
from minben.kernel.refusal import Refusal
from minben.meetings import letters
from minben.meetings.actions.held import bounded, held_by, moved, names, tell
from minben.meetings.actions.seating import move_up
from minben.meetings.models import KickoffTask, Meeting, Registration
from minben.meetings.permissions import acts_for
from minben.meetings.rules import (
    BASIS,
    CAPACITY_MAX,
    PLACE_MAX,
    PURPOSE_MAX,
    PURPOSE_MIN,
    REASON_MAX,
    REASON_MIN,
    TITLE_MAX,
    TITLE_MIN,
    Aim,
    MeetingAct,
    MeetingKind,
    MeetingState,
    live_url_fault,
    times_fault,
)
from minben.meetings.rules.course import KICKOFF
from minben.meetings.rules.places import CAPACITY_MIN, PlaceState
from minben.meetings.rules.topics import VOTE_BASIS
from minben.people import queries as people


@dataclass(frozen=True, slots=True)
class Settings:
    """What whoever prepares a meeting decides about it; times are aware, the end exclusive."""

    title: str
    purpose: str
    aim: Aim
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    place: str = ""
    live_url: str = ""
    capacity: int = CAPACITY_MAX
    public_places: int = 0


@transaction.atomic
def open_meeting(
    *,
    case_id: int,
    agency_id: int,
    kind: MeetingKind,
    settings: Settings,
    by: Actor,
    at: datetime,
    voted: bool = False,
) -> Meeting:
    """Begin to prepare a meeting about a case, whatever became of the case; not public yet.

    Args:
        agency_id: the host, of the same government as the case.
        voted: the participation officers chose it; a second collaboration meeting needs that.

    Raises:
        Refusal: ``not_host_agency``, ``host_unknown``, ``second_needs_vote``, or what is wrong
            with the settings (``meeting_text``,
            ``meeting_times``, ``meeting_past``, ``meeting_url``, ``meeting_capacity``,
            ``meeting_public``).
    """
    case = casework.case(case_id)
    if not acts_for(by, agency_id):
        raise Refusal("not_host_agency", basis=BASIS, field="agency")
    if agency_id not in people.agencies_by_id([agency_id], case.jurisdiction_id):
        raise Refusal("host_unknown", field="agency")
    earlier = Meeting.objects.filter(case=case_id, kind=MeetingKind.COLLABORATION)
    if (
        kind is MeetingKind.COLLABORATION
        and not voted
        and earlier.exclude(state=MeetingState.CANCELLED).exists()
    ):
        raise Refusal("second_needs_vote", basis=VOTE_BASIS, field="kind", rule=VOTE_BASIS)
    meeting = Meeting(
        case=case,
        number=uuid4().hex[:24],  # until the row has its own
        kind=kind,
        agency_id=agency_id,
        opened_at=at,
        opened_by=by.id,
    )
    _settle(meeting, settings, at)
    meeting.save()
    meeting.number = f"M{local_day(at).year}-{meeting.pk:04d}"
    meeting.save(update_fields=["number"])
    KickoffTask.objects.bulk_create(
        KickoffTask(meeting=meeting, code=step.code, days=step.days) for step in KICKOFF
    )
    _tell("opened", meeting, by, at)
    return meeting


def _settle(meeting: Meeting, settings: Settings, at: datetime) -> None:
    """Put settings into the row. Refuses what is no such setting."""
    meeting.title = bounded(settings.title, TITLE_MIN, TITLE_MAX, "title")
    meeting.purpose = bounded(settings.purpose, PURPOSE_MIN, PURPOSE_MAX, "purpose")
    meeting.place = bounded(settings.place, 0, PLACE_MAX, "place")
    same = (settings.starts_at, settings.ends_at) == (meeting.starts_at, meeting.ends_at)
    if not same and (fault := times_fault(settings.starts_at, settings.ends_at, at)):
        raise Refusal(fault, field="starts_at")
    if live_url_fault(settings.live_url):
        raise Refusal("meeting_url", field="live_url")
    if not CAPACITY_MIN <= settings.capacity <= CAPACITY_MAX:
        raise Refusal("meeting_capacity", field="capacity", least=CAPACITY_MIN, most=CAPACITY_MAX)
    if not 0 <= settings.public_places <= settings.capacity:
        raise Refusal("meeting_public", field="public_places", most=settings.capacity)
    meeting.aim = settings.aim
    meeting.starts_at, meeting.ends_at = settings.starts_at, settings.ends_at
    meeting.live_url = settings.live_url
    meeting.capacity, meeting.public_places = settings.capacity, settings.public_places


@transaction.atomic
def change_meeting(*, meeting_id: int, settings: Settings, by: Actor, at: datetime) -> Meeting:
    """Change a meeting that is planned or announced; who has a place is told of time and place.

    Raises:
        Refusal: ``not_host_agency``, ``meeting_course``, ``meeting_over``,
            ``meeting_incomplete``, ``capacity_below_seated``, ``agenda_outside_new_time``, or
            what `open_meeting` says of settings.
    """
    meeting = held_by(meeting_id, by)
    if meeting.state not in (MeetingState.PLANNED, MeetingState.ANNOUNCED):
        raise Refusal("meeting_course", basis=BASIS)
    if meeting.starts_at and meeting.state == MeetingState.ANNOUNCED and meeting.starts_at <= at:
        raise Refusal("meeting_over", basis=BASIS)
    before = (meeting.starts_at, meeting.ends_at, meeting.place)
    _settle(meeting, settings, at)
    if meeting.state == MeetingState.ANNOUNCED:
        _require_whole(meeting)
    seated = Registration.objects.filter(meeting=meeting, state=PlaceState.SEATED).count()
    if meeting.capacity < seated:
        raise Refusal("capacity_below_seated", field="capacity", seated=seated)
    _require_agenda_inside(meeting)
    meeting.save()
    public = meeting.state == MeetingState.ANNOUNCED
    _tell("changed" if public else "prepared", meeting, by, at)
    after = (meeting.starts_at, meeting.ends_at, meeting.place)
    if meeting.state == MeetingState.ANNOUNCED and after != before:
        letters.tell_places("moved", meeting, version=at, by=by, at=at)
    move_up(meeting, by, at)
    return meeting


def _require_agenda_inside(meeting: Meeting) -> None:
    for item in meeting.agenda.all():
        if (
            meeting.starts_at is None
            or meeting.ends_at is None
            or item.starts_at < meeting.starts_at
            or item.ends_at > meeting.ends_at
        ):
            raise Refusal("agenda_outside_new_time", field="starts_at", title=item.title)


def _require_whole(meeting: Meeting) -> None:
    if meeting.starts_at is None or not meeting.place:
        missing = "place" if meeting.starts_at else "starts_at"
        raise Refusal("meeting_incomplete", basis=BASIS, field=missing)


@transaction.atomic
def announce(*, meeting_id: int, by: Actor, at: datetime) -> Meeting:
    """Make the meeting public and open registration; the proposer is told.

    Raises:
        Refusal: ``not_host_agency``, ``meeting_course``, ``meeting_incomplete``,
            ``meeting_past``, ``case_not_public``.
    """
    meeting = held_by(meeting_id, by)
    state = moved(meeting, MeetingAct.ANNOUNCE)
    _require_whole(meeting)
    if meeting.starts_at is None or meeting.starts_at <= at:
        raise Refusal("meeting_past", field="starts_at")
    told = about_one(meeting.case_id)
    if not told.public:
        raise Refusal("case_not_public", basis=BASIS)
    meeting.state, meeting.announced_at = state, at
    meeting.save(update_fields=["state", "announced_at"])
    _tell("announced", meeting, by, at)
    if told.petitioner_id is not None:
        letters.tell_person("announced", meeting, told.petitioner_id, by=by, at=at)
    return meeting


@transaction.atomic
def cancel(*, meeting_id: int, reason: str, by: Actor, at: datetime) -> Meeting:
    """Call a meeting off, for a reason that is public if the meeting is.

    Raises:
        Refusal: ``not_host_agency``, ``meeting_course``, ``meeting_text``.
    """
    meeting = held_by(meeting_id, by)
    meeting.state = moved(meeting, MeetingAct.CANCEL)
    meeting.cancel_reason = bounded(reason, REASON_MIN, REASON_MAX, "reason")
    meeting.cancelled_at = at
    meeting.save(update_fields=["state", "cancel_reason", "cancelled_at"])
    public = meeting.announced_at is not None
    _tell("cancelled" if public else "dropped", meeting, by, at, reason=meeting.cancel_reason)
    letters.tell_places("cancelled", meeting, by=by, at=at)
    return meeting


@transaction.atomic
def mark_held(*, meeting_id: int, by: Actor, at: datetime) -> Meeting:
    """Say that the meeting was held; possible from its start on.

    Raises:
        Refusal: ``not_host_agency``, ``meeting_course``, ``meeting_not_begun``.
    """
    meeting = held_by(meeting_id, by)
    state = moved(meeting, MeetingAct.HOLD)
    if meeting.starts_at is None or at < meeting.starts_at:
        raise Refusal("meeting_not_begun", basis=BASIS)
    meeting.state = state
    meeting.save(update_fields=["state"])
    present = Registration.objects.filter(meeting=meeting, attendance="present").count()
    _tell("held", meeting, by, at, present=present)
    return meeting


def _tell(act: str, meeting: Meeting, by: Actor, at: datetime, **more: object) -> None:
    """Record an act on a meeting as everybody should know it: what, whose, when and where."""
    tell(
        act,
        meeting,
        by,
        at,
        label=meeting.agency.name_zh,
        kind=meeting.kind,
        agency=names(meeting.agency),
        title=meeting.title,
        starts_at=meeting.starts_at.isoformat() if meeting.starts_at else "",
        ends_at=meeting.ends_at.isoformat() if meeting.ends_at else "",
        place=meeting.place,
        **more,
    )
