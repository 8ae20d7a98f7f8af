from django.db import models
from django.db.models import Q

from minben.base.models import Recorded


class Channel(models.TextChoices):
    MAIL = "mail", "mail"
    SMS = "sms", "sms"


class Notice(Recorded):
    """A message to one person, waiting or sent. `key` makes it unique: (kind, fact, recipient)."""

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=60)
    recipient = models.CharField(max_length=80)
    address = models.CharField(max_length=254)
    language = models.CharField(max_length=10)
    context = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    not_before = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("not_before",),
                condition=Q(sent_at=None, dropped_at=None),
                name="notify_waiting",
            ),
            models.Index(fields=("recipient", "-created_at"), name="notify_recipient"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(dropped_at=None), name="notify_sent_or_dropped"
            ),
        )

    def __str__(self) -> str:
        return self.key


class SandboxMessage(Recorded):
    """Mail or SMS that a demo installation would have sent: shown on /dev/outbox."""

    channel = models.CharField(max_length=4, choices=Channel.choices)
    at = models.DateTimeField()
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=300, blank=True)
    body = models.TextField()

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values), name="notify_sandbox_channel"
            ),
        )

    def __str__(self) -> str:
        return f"{self.channel} {self.to}: {self.subject}"
