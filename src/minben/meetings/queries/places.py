"""Places at meetings: numbers for everybody, names for whoever runs it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count

from minben.meetings.models import Meeting, Registration
from minben.meetings.rules.places import Attendance, ParticipantKind, PlaceState


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many have a place, wait, came, and don't come and why; by kind where that is of use."""

    seated: int = 0
    waiting: int = 0
    present: int = 0
    tables: int = 0
    by_kind: dict[str, int] = field(default_factory=dict)
    reasons: dict[str, int] = field(default_factory=dict)


def numbers_of(meeting: Meeting) -> Numbers:
    """The public numbers of a meeting. One query."""
    groups = Registration.objects.filter(meeting=meeting).values_list(
        "kind", "state", "attendance", "reason", "table"
    )
    seated: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    waiting = present = tables = 0
    for kind, state, attendance, reason, table, n in groups.annotate(n=Count("pk")).order_by():
        if state == PlaceState.SEATED:
            seated[kind] += n
            present += n if attendance == Attendance.PRESENT else 0
            tables = max(tables, table or 0)
        elif state == PlaceState.WAITING:
            waiting += n
        elif reason:
            reasons[reason] += n
    order = [kind.value for kind in ParticipantKind]
    return Numbers(
        seated=seated.total(),
        waiting=waiting,
        present=present,
        tables=tables,
        by_kind={kind: seated[kind] for kind in order if seated[kind]},
        reasons=dict(reasons.most_common()),
    )


def participants(meeting: Meeting) -> Sequence[Registration]:
    """Everybody at or around a meeting with their agencies: those seated by table and place. One query.

    Personal: only for whoever may run the meeting.
    """
    rows = Registration.objects.filter(meeting=meeting).select_related("agency")
    order = {state.value: n for n, state in enumerate(PlaceState)}
    return sorted(
        rows,
        key=lambda row: (
            order[row.state],
            row.table or 0,
            not row.is_host,
            row.queue or 0,
            row.seat or 0,
            row.pk,
        ),
    )


def my_place(meeting: Meeting, person_id: int | None) -> Registration | None:
    """Somebody's own place or number in the queue. One query, none for nobody."""
    if person_id is None:
        return None
    live = [PlaceState.SEATED, PlaceState.WAITING]
    return Registration.objects.filter(meeting=meeting, person=person_id, state__in=live).first()


def is_taking_part(meeting_id: int, person_id: int | None) -> bool:
    """Whether somebody has a place at the meeting. One query, none for nobody."""
    if person_id is None:
        return False
    return Registration.objects.filter(
        meeting=meeting_id, person=person_id, state=PlaceState.SEATED
    ).exists()
