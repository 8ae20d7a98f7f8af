from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from minben.base.models import Recorded
from minben.operations.rules import Service


class Switch(Recorded):
    """One service that can be stopped (服務開關): how it stands since its last change."""

    service = models.CharField(
        max_length=12, primary_key=True, choices=[(one.value, one.value) for one in Service]
    )
    stopped = models.BooleanField(default=False)
    reason_zh = models.CharField(max_length=300, blank=True)
    reason_en = models.CharField(max_length=300, blank=True)
    changed_by = models.CharField(max_length=80, blank=True)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(service__in=list(Service)), name="operations_switch_service"
            ),
            models.CheckConstraint(
                condition=Q(changed_at=None, changed_by="", stopped=False)
                | Q(~Q(changed_by=""), ~Q(reason_zh=""), changed_at__isnull=False),
                name="operations_switch_changed",
            ),
        )

    def __str__(self) -> str:
        return f"{self.service} {'stopped' if self.stopped else 'running'}"


class Pulse(models.Model):
    """When a piece of the platform's own work was last done (最近執行時間), by the real clock."""

    work = models.CharField(max_length=40, primary_key=True)
    last_done = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.work} {self.last_done:%Y-%m-%dT%H:%MZ}"
