"""Naming people for an agency, the proposer's suggestions, and who does not come (推薦、婉拒)."""

from datetime import datetime

from django.db import transaction

from minben.casework.about import about_one
from minben.kernel.actor import Actor
from minben.kernel.refusal import Refusal
from minben.meetings.actions.held import bounded, held, held_by
from minben.meetings.actions.seating import free, move_up, note_place, require_open, seat
from minben.meetings.models import Meeting, Registration
from minben.meetings.permissions import acts_for
from minben.meetings.rules import MeetingState
from minben.meetings.rules.places import (
    NAME_MAX,
    NAMED_KINDS,
    NOTE_MAX,
    ORGANISATION_MAX,
    PRACTICE,
    STAKEHOLDERS_MAX,
    ParticipantKind,
    PlaceState,
    WhyNot,
)
from minben.people import queries as people


@transaction.atomic
def name_participant(
    *,
    meeting_id: int,
    kind: ParticipantKind,
    agency_id: int,
    name: str,
    organisation: str,
    by: Actor,
    at: datetime,
) -> Registration:
    """Name a stakeholder, an official or a youth adviser for an agency one acts for.

    Raises:
        Refusal: ``meeting_not_of_agency``, ``registration_closed``, ``registration_kind``,
            ``meeting_text``, ``stakeholders_full``, ``meeting_full``.
    """
    meeting = held(meeting_id)
    if not acts_for(by, agency_id):
        raise Refusal("meeting_not_of_agency", basis=PRACTICE, field="agency")
    _require_preparing(meeting, at)
    if kind not in NAMED_KINDS:
        raise Refusal("registration_kind", basis=PRACTICE, field="kind")
    row = Registration(
        meeting=meeting,
        kind=kind,
        agency_id=agency_id,
        name=bounded(name, 1, NAME_MAX, "name"),
        organisation=bounded(organisation, 0, ORGANISATION_MAX, "organisation"),
        at=at,
        changed_at=at,
    )
    _seat_or_refuse(row)
    row.save()
    note_place("place_seated", meeting, by, at, kind=row.kind)
    return row


def _require_preparing(meeting: Meeting, at: datetime) -> None:
    """People are named while it is prepared or announced, until it begins."""
    if meeting.state != MeetingState.PLANNED:
        require_open(meeting, at)


def _seat_or_refuse(row: Registration) -> None:
    if seat(row):
        return
    have = Registration.objects.filter(
        meeting=row.meeting, kind=row.kind, agency=row.agency_id, state=PlaceState.SEATED
    ).count()
    if row.kind == ParticipantKind.STAKEHOLDER and have >= STAKEHOLDERS_MAX:
        raise Refusal("stakeholders_full", basis=PRACTICE, field="agency", most=STAKEHOLDERS_MAX)
    raise Refusal("meeting_full", basis=PRACTICE, field="name", most=row.meeting.capacity)


@transaction.atomic
def suggest(
    *, meeting_id: int, name: str, organisation: str, by: Actor, at: datetime
) -> Registration:
    """The proposer suggests a stakeholder; the host decides, and says why if not.

    Raises:
        Refusal: ``meeting_not_petitioner``, ``registration_closed``, ``meeting_text``, ``suggestions_full``.
    """
    meeting = held(meeting_id)
    if by.person_id is None or about_one(meeting.case_id).petitioner_id != by.person_id:
        raise Refusal("meeting_not_petitioner", basis=PRACTICE)
    require_open(meeting, at)
    given = Registration.objects.filter(meeting=meeting, suggested=True)
    if given.count() >= STAKEHOLDERS_MAX:
        raise Refusal("suggestions_full", basis=PRACTICE, most=STAKEHOLDERS_MAX)
    row = Registration.objects.create(
        meeting=meeting,
        kind=ParticipantKind.STAKEHOLDER,
        suggested=True,
        state=PlaceState.SUGGESTED,
        name=bounded(name, 1, NAME_MAX, "name"),
        organisation=bounded(organisation, 0, ORGANISATION_MAX, "organisation"),
        at=at,
        changed_at=at,
    )
    note_place("place_suggested", meeting, by, at, kind=row.kind)
    return row


@transaction.atomic
def accept_suggestion(
    *, registration_id: int, agency_id: int, by: Actor, at: datetime
) -> Registration:
    """Invite a suggested stakeholder among those of an agency.

    Raises:
        Refusal: ``not_host_agency``, ``place_gone``, ``stakeholders_full``, ``meeting_full``.
    """
    row = _of_host(registration_id, by, PlaceState.SUGGESTED)
    _require_preparing(row.meeting, at)
    row.agency_id, row.changed_at = agency_id, at
    if agency_id not in people.agencies_by_id([agency_id], row.meeting.case.jurisdiction_id):
        raise Refusal("host_unknown", field="agency")
    _seat_or_refuse(row)
    row.save()
    note_place("place_seated", row.meeting, by, at, kind=row.kind)
    return row


@transaction.atomic
def not_coming(
    *, registration_id: int, reason: WhyNot, note: str, by: Actor, at: datetime
) -> Registration:
    """The host turns a suggestion down, or notes that somebody who was named declines; with a reason.

    Raises:
        Refusal: ``not_host_agency``, ``place_gone``, ``meeting_text``.
    """
    row = _of_host(registration_id, by, PlaceState.SUGGESTED, PlaceState.SEATED)
    if row.person_id is not None:
        raise Refusal("place_gone")  # whoever registered decides alone
    _require_preparing(row.meeting, at)
    text = bounded(note, 0, NOTE_MAX, "note")
    refused = row.state == PlaceState.SUGGESTED
    state = PlaceState.REFUSED if refused else PlaceState.DECLINED
    free(row, state, at, reason, text)
    note_place(f"place_{state}", row.meeting, by, at, kind=row.kind, reason=reason.value)
    move_up(row.meeting, by, at)
    return row


def _of_host(registration_id: int, by: Actor, *states: PlaceState) -> Registration:
    """A row of a meeting one may run, its meeting held."""
    first = Registration.objects.filter(pk=registration_id).first()
    if first is None:
        raise Refusal("place_gone")
    meeting = held_by(first.meeting_id, by)
    row = Registration.objects.filter(pk=registration_id, state__in=states).first()
    if row is None:
        raise Refusal("place_gone")
    row.meeting = meeting
    return row
