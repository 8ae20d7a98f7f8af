"""Groups of five to eight with table hosts, and who came (分組、桌長、簽到)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from minben.kernel.actor import Actor
from minben.kernel.refusal import Refusal
from minben.meetings.actions.held import held_by, require_ahead, tell
from minben.meetings.models import Meeting, Registration
from minben.meetings.rules import BASIS, MeetingState
from minben.meetings.rules.groups import TABLES_MAX, seated
from minben.meetings.rules.places import Attendance, ParticipantKind, PlaceState


def _rows(meeting: Meeting) -> list[Registration]:
    rows = Registration.objects.filter(meeting=meeting, state=PlaceState.SEATED)
    return list(rows.order_by("pk"))


@transaction.atomic
def make_groups(*, meeting_id: int, by: Actor, at: datetime) -> int:
    """Seat everybody at tables, balanced by kind; returns how many tables. Hosts are named anew.

    The same people at the same meeting are always seated the same way.

    Raises:
        Refusal: ``not_host_agency``, ``groups_closed``, ``nobody_seated``.
    """
    meeting = held_by(meeting_id, by)
    require_ahead(meeting, "groups_closed")
    rows = _rows(meeting)
    if not rows:
        raise Refusal("nobody_seated")
    kinds = {kind: [one.pk for one in rows if one.kind == kind] for kind in ParticipantKind}
    tables = seated(kinds, meeting.number)
    # Two hosts of a table at once the database would not have: they are taken away first.
    Registration.objects.filter(pk__in=[one.pk for one in rows]).update(is_host=False)
    for row in rows:
        Registration.objects.filter(pk=row.pk).update(table=tables[row.pk])
    number = max(tables.values())
    tell("groups_made", meeting, by, at, tables=number)
    return number


@transaction.atomic
def move_to_table(
    *, registration_id: int, table: int, host: bool, by: Actor, at: datetime
) -> Registration:
    """Put somebody at another table, or make them its host in place of whoever was.

    Raises:
        Refusal: ``not_host_agency``, ``groups_closed``, ``place_gone``, ``table_unknown``.
    """
    first = Registration.objects.filter(pk=registration_id).first()
    if first is None:
        raise Refusal("place_gone")
    meeting = held_by(first.meeting_id, by)
    require_ahead(meeting, "groups_closed")
    row = Registration.objects.filter(pk=registration_id, state=PlaceState.SEATED).first()
    if row is None:
        raise Refusal("place_gone")
    if not 1 <= table <= TABLES_MAX:
        raise Refusal("table_unknown", field="table", most=TABLES_MAX)
    if host:
        Registration.objects.filter(meeting=meeting, table=table).update(is_host=False)
    row.table, row.is_host = table, host
    row.save(update_fields=["table", "is_host"])
    tell("table_changed", meeting, by, at, table=table)
    return row


@transaction.atomic
def check_in(
    *, meeting_id: int, present: Mapping[int, bool | None], by: Actor, at: datetime
) -> int:
    """Note who came; None takes a note back. From the start until the report.

    Returns how many are present then.

    Raises:
        Refusal: ``not_host_agency``, ``attendance_closed``, ``place_gone``.
    """
    meeting = held_by(meeting_id, by)
    begun = meeting.starts_at is not None and at >= meeting.starts_at
    if meeting.state not in (MeetingState.ANNOUNCED, MeetingState.HELD) or not begun:
        raise Refusal("attendance_closed", basis=BASIS)
    rows = {row.pk: row for row in _rows(meeting)}
    if not set(present) <= set(rows):
        raise Refusal("place_gone")
    for pk, came in present.items():
        told = "" if came is None else Attendance.PRESENT if came else Attendance.ABSENT
        if rows[pk].attendance != told:
            Registration.objects.filter(pk=pk).update(attendance=told)
    count = Registration.objects.filter(meeting=meeting, attendance=Attendance.PRESENT).count()
    tell("checked_in", meeting, by, at, present=count)
    return count
