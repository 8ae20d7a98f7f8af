from django.db import models
from django.db.models import F, Q

from minben.base.models import Recorded
from minben.meetings.rules import CAPACITY_MAX, PUBLIC_STATES, Aim, MeetingKind, MeetingState


class Meeting(Recorded):
    """A collaboration meeting or workshop about one case (協作會議、工作坊).

    It has no time while it is planned, if nobody set one; `ends_at` is exclusive.
    """

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="meetings")
    number = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=16, choices=[(k.value, k.value) for k in MeetingKind])
    aim = models.CharField(max_length=8, choices=[(a.value, a.value) for a in Aim])
    title = models.CharField(max_length=100)
    purpose = models.CharField(max_length=1000)
    agency = models.ForeignKey("people.Agency", models.PROTECT, related_name="+")
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    place = models.CharField(max_length=200, blank=True)
    live_url = models.CharField(max_length=300, blank=True)
    capacity = models.PositiveSmallIntegerField(default=CAPACITY_MAX)
    public_places = models.PositiveSmallIntegerField(default=0, db_default=0)
    invited_at = models.DateTimeField(null=True)  # when the letter to the endorsers went out
    state = models.CharField(
        max_length=10,
        choices=[(s.value, s.value) for s in MeetingState],
        default=MeetingState.PLANNED.value,
    )
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=80)
    announced_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("-starts_at", "-id")
        indexes = (models.Index(fields=("state", "starts_at"), name="meetings_state_starts"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=list(MeetingKind)), name="meetings_meeting_kind"
            ),
            models.CheckConstraint(condition=Q(aim__in=list(Aim)), name="meetings_meeting_aim"),
            models.CheckConstraint(
                condition=Q(state__in=list(MeetingState)), name="meetings_meeting_state"
            ),
            models.CheckConstraint(
                condition=Q(capacity__gte=1, capacity__lte=CAPACITY_MAX),
                name="meetings_meeting_capacity",
            ),
            models.CheckConstraint(
                condition=Q(public_places__lte=F("capacity")), name="meetings_meeting_public"
            ),
            models.CheckConstraint(
                condition=Q(invited_at=None) | Q(announced_at__isnull=False),
                name="meetings_meeting_invited",
            ),
            models.CheckConstraint(
                condition=Q(starts_at=None, ends_at=None)
                | Q(starts_at__isnull=False, ends_at__isnull=False, ends_at__gt=F("starts_at")),
                name="meetings_meeting_period",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[MeetingState.PLANNED, MeetingState.CANCELLED])
                | Q(~Q(place=""), starts_at__isnull=False, announced_at__isnull=False),
                name="meetings_meeting_announced_whole",
            ),
            models.CheckConstraint(
                condition=Q(~Q(state=MeetingState.CANCELLED), cancelled_at=None, cancel_reason="")
                | Q(~Q(cancel_reason=""), state=MeetingState.CANCELLED, cancelled_at__isnull=False),
                name="meetings_meeting_cancelled_whole",
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def is_public(self) -> bool:
        """Whether it was announced, so that everybody may see it."""
        if self.state == MeetingState.CANCELLED:
            return self.announced_at is not None
        return self.state in PUBLIC_STATES
