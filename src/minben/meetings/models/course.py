from django.db import models
from django.db.models import F, Q

from minben.base.models import Recorded
from minben.meetings.models.meeting import Meeting


class KickoffTask(Recorded):
    """Something to be done before the meeting (籌備事項); `code` of a usual one, `text` of another."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="tasks")
    code = models.CharField(max_length=20, blank=True)
    text = models.CharField(max_length=120, blank=True)
    who = models.CharField(max_length=60, blank=True)
    days = models.PositiveSmallIntegerField()  # before the meeting
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ("-days", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(~Q(code=""), text="") | Q(~Q(text=""), code=""),
                name="meetings_task_said",
            ),
            models.CheckConstraint(condition=Q(days__lte=180), name="meetings_task_days"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by="") | Q(~Q(done_by=""), done_at__isnull=False),
                name="meetings_task_done_pair",
            ),
            models.UniqueConstraint(
                fields=("meeting", "code"), condition=~Q(code=""), name="meetings_task_once"
            ),
        )

    def __str__(self) -> str:
        return self.code or self.text


class AgendaItem(Recorded):
    """A piece of the agenda (議程); `ends_at` is exclusive. No two of a meeting overlap."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    title = models.CharField(max_length=120)
    who = models.CharField(max_length=60, blank=True)  # an office or unit

    class Meta:
        ordering = ("starts_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="meetings_agenda_forward"
            ),
            models.UniqueConstraint(fields=("meeting", "starts_at"), name="meetings_agenda_once"),
        )

    def __str__(self) -> str:
        return self.title
