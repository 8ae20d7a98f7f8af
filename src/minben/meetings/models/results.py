from django.db import models
from django.db.models import Q

from minben.base.models import Recorded
from minben.meetings.models.meeting import Meeting
from minben.meetings.rules.results import ENDED, ActionState


class Report(Recorded):
    """What was agreed and what stays open (結果報告). Version 1, then corrections; none is changed."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="reports")
    version = models.PositiveSmallIntegerField()
    agreed = models.TextField()
    open_points = models.TextField(blank=True)
    correction = models.CharField(max_length=500, blank=True)  # why, from version 2 on
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=80, blank=True)
    drafted_at = models.DateTimeField()
    drafted_by = models.CharField(max_length=80)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("version",)
        constraints = (
            models.CheckConstraint(
                condition=Q(published_at=None, published_by="")
                | Q(~Q(published_by=""), ~Q(agreed=""), published_at__isnull=False),
                name="meetings_report_published_whole",
            ),
            models.CheckConstraint(
                condition=Q(version=1, correction="") | Q(~Q(correction=""), version__gt=1),
                name="meetings_report_correction",
            ),
            models.UniqueConstraint(fields=("meeting", "version"), name="meetings_report_once"),
            models.UniqueConstraint(
                fields=("meeting",),
                condition=Q(published_at=None),
                name="meetings_report_one_draft",
            ),
        )

    def __str__(self) -> str:
        return f"{self.meeting_id} v{self.version}"


class TrackedAction(Recorded):
    """Something an agency will do after a meeting, followed until it is released (列管事項).

    `due_at` is exclusive; `late_at` is when it was found late.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="actions")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    agency = models.ForeignKey("people.Agency", models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    state = models.CharField(
        max_length=8,
        choices=[(s.value, s.value) for s in ActionState],
        default=ActionState.OPEN.value,
    )
    at = models.DateTimeField()
    updated_at = models.DateTimeField()
    late_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("number",)
        indexes = (
            models.Index(
                fields=("due_at",), condition=Q(ended_at=None), name="meetings_action_running"
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=list(ActionState)), name="meetings_action_state"
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(ENDED), ended_at__isnull=False)
                | (~Q(state__in=sorted(ENDED)) & Q(ended_at=None)),
                name="meetings_action_ended",
            ),
            models.UniqueConstraint(fields=("meeting", "number"), name="meetings_action_once"),
        )

    def __str__(self) -> str:
        return f"{self.meeting_id} action {self.number}"


class ActionUpdate(Recorded):
    """What an agency reported of an action (辦理情形); public, never changed."""

    action = models.ForeignKey(TrackedAction, models.PROTECT, related_name="updates")
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in ActionState])
    text = models.CharField(max_length=1000)
    agency = models.ForeignKey("people.Agency", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=list(ActionState)), name="meetings_update_state"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="meetings_update_said"),
        )

    def __str__(self) -> str:
        return f"{self.action_id} {self.at:%Y-%m-%d}"
