from django.db import models
from django.db.models import Q

from minben.base.models import Recorded
from minben.meetings.models.meeting import Meeting
from minben.meetings.rules import CAPACITY_MAX
from minben.meetings.rules.groups import TABLES_MAX
from minben.meetings.rules.places import (
    ENDORSERS_MAX,
    Attendance,
    ParticipantKind,
    PlaceState,
    WhyNot,
)

_SEATED = Q(state=PlaceState.SEATED)
_QUOTA = Q(kind__in=[ParticipantKind.ENDORSER, ParticipantKind.STAKEHOLDER])
_LIVE = [PlaceState.SUGGESTED, PlaceState.SEATED, PlaceState.WAITING]


class Registration(Recorded):
    """Somebody's place at a meeting, or what became of it (席位). Personal; only numbers are public.

    `seat` counts all, `quota` the five of endorsers or of one agency's stakeholders, `queue`
    those who wait. Who was erased leaves the row without person, name and organisation.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="registrations")
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in ParticipantKind])
    agency = models.ForeignKey("people.Agency", models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=60, blank=True)
    organisation = models.CharField(max_length=80, blank=True)
    suggested = models.BooleanField(default=False)  # by the proposer
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in PlaceState])
    seat = models.PositiveSmallIntegerField(null=True)
    quota = models.PositiveSmallIntegerField(null=True)
    queue = models.PositiveIntegerField(null=True)
    reason = models.CharField(
        max_length=14, blank=True, choices=[(w.value, w.value) for w in WhyNot]
    )
    note = models.CharField(max_length=300, blank=True)
    table = models.PositiveSmallIntegerField(null=True)
    is_host = models.BooleanField(default=False)
    attendance = models.CharField(
        max_length=8, blank=True, choices=[(a.value, a.value) for a in Attendance]
    )
    at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=list(ParticipantKind)), name="meetings_place_kind"
            ),
            models.CheckConstraint(
                condition=Q(state__in=list(PlaceState)), name="meetings_place_state"
            ),
            models.CheckConstraint(
                condition=(_SEATED & Q(seat__isnull=False, seat__gte=1, seat__lte=CAPACITY_MAX))
                | (~_SEATED & Q(seat=None, table=None, is_host=False, attendance="")),
                name="meetings_place_seat",
            ),
            models.CheckConstraint(
                condition=(
                    _SEATED
                    & _QUOTA
                    & Q(quota__isnull=False, quota__gte=1, quota__lte=ENDORSERS_MAX)
                )
                | (~(_SEATED & _QUOTA) & Q(quota=None)),
                name="meetings_place_quota",
            ),
            models.CheckConstraint(
                condition=Q(state=PlaceState.WAITING, queue__isnull=False)
                | (~Q(state=PlaceState.WAITING) & Q(queue=None)),
                name="meetings_place_queue",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state__in=[PlaceState.REFUSED, PlaceState.DECLINED], reason__in=list(WhyNot))
                )
                | (~Q(state__in=[PlaceState.REFUSED, PlaceState.DECLINED]) & Q(reason="", note="")),
                name="meetings_place_reason",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[ParticipantKind.STAKEHOLDER, ParticipantKind.OFFICIAL])
                | ~_SEATED
                | Q(agency__isnull=False),
                name="meetings_place_agency",
            ),
            models.CheckConstraint(
                condition=Q(table=None, is_host=False)
                | Q(table__isnull=False, table__gte=1, table__lte=TABLES_MAX),
                name="meetings_place_table",
            ),
            models.CheckConstraint(
                condition=Q(attendance__in=["", *Attendance]), name="meetings_place_attendance"
            ),
            models.UniqueConstraint(
                fields=("meeting", "seat"),
                condition=Q(seat__isnull=False),
                name="meetings_seat_once",
            ),
            models.UniqueConstraint(
                fields=("meeting", "quota"),
                condition=Q(kind=ParticipantKind.ENDORSER, quota__isnull=False),
                name="meetings_endorser_once",
            ),
            models.UniqueConstraint(
                fields=("meeting", "agency", "quota"),
                condition=Q(kind=ParticipantKind.STAKEHOLDER, quota__isnull=False),
                name="meetings_stakeholder_once",
            ),
            models.UniqueConstraint(
                fields=("meeting", "queue"),
                condition=Q(queue__isnull=False),
                name="meetings_queue_once",
            ),
            models.UniqueConstraint(
                fields=("meeting", "person"),
                condition=Q(person__isnull=False, state__in=_LIVE),
                name="meetings_person_once",
            ),
            models.UniqueConstraint(
                fields=("meeting", "table"), condition=Q(is_host=True), name="meetings_host_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.kind} {self.state}"
