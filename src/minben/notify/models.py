from django.db import models
from django.db.models import F, Q

from minben.base.models import Recorded


class Channel(models.TextChoices):
    MAIL = "mail", "mail"
    SMS = "sms", "sms"


class Notice(Recorded):
    """A message to one person, waiting or sent.

    `key` makes it unique: kind, fact, version (from the second on), recipient. A row with
    `handed_at` that is neither sent nor dropped is in doubt once its lease is over: the mail server
    may have taken it.
    """

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
    version = models.PositiveIntegerField(db_default=1)
    case_id = models.BigIntegerField(null=True)
    # Held by nothing but the act: a constraint would have to look at every row of a large table.
    mailing = models.ForeignKey(
        "Mailing",
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    # Which worker holds it, until when by the real clock; when it was given to the mail server.
    lease = models.CharField(max_length=32, null=True)
    leased_until = models.DateTimeField(null=True)
    handed_at = models.DateTimeField(null=True)
    # The letter of the day it stands in; found by its recipient, so it needs no index.
    digest = models.ForeignKey(
        "self",
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )

    class Meta:
        indexes = (
            models.Index(
                fields=("not_before",),
                condition=Q(sent_at=None, dropped_at=None),
                name="notify_waiting",
            ),
            models.Index(fields=("recipient", "-created_at"), name="notify_recipient"),
            models.Index(
                fields=("mailing",), condition=Q(mailing__isnull=False), name="notify_of_mailing"
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(dropped_at=None), name="notify_sent_or_dropped"
            ),
        )

    def __str__(self) -> str:
        return self.key


class Mute(Recorded):
    """A person's wish to get no more letters about one case (停止通知); `number` is the case's."""

    recipient = models.CharField(max_length=80)
    case_id = models.BigIntegerField()
    number = models.CharField(max_length=24)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("recipient", "case_id"), name="notify_mute_once"),
        )

    def __str__(self) -> str:
        return f"{self.recipient} {self.number}"


class Wish(Recorded):
    """How somebody wants letters (通知方式): one a day, and none between two hours in Taiwan."""

    recipient = models.CharField(max_length=80, unique=True)
    daily = models.BooleanField(default=False)
    quiet_from = models.PositiveSmallIntegerField(null=True)
    quiet_until = models.PositiveSmallIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None)
                | Q(
                    ~Q(quiet_from=F("quiet_until")),
                    quiet_from__isnull=False,  # or half of a pair would be neither true nor false
                    quiet_until__isnull=False,
                    quiet_from__lte=23,
                    quiet_until__lte=23,
                ),
                name="notify_wish_hours",
            ),
        )

    def __str__(self) -> str:
        return self.recipient


class ReturnedAddress(Recorded):
    """An address whose letters come back (退信): on how many days for good, how often for a while.

    From `stopped_at` on nothing is sent there, until its owner proves it again.
    """

    address = models.CharField(max_length=254, unique=True)
    permanent_days = models.PositiveSmallIntegerField(default=0)
    last_day = models.DateField(null=True)
    temporary = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=12)
    at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(permanent_days=0, last_day=None)
                | Q(permanent_days__gt=0, last_day__isnull=False),
                name="notify_returned_days",
            ),
            models.CheckConstraint(
                condition=Q(stopped_at=None) | Q(permanent_days__gt=0),
                name="notify_returned_stopped",
            ),
        )

    def __str__(self) -> str:
        return f"{self.status} {self.at:%Y-%m-%d}"  # never the address


class Mailing(Recorded):
    """One letter to an audience (大量通知): `cursor` is the last reader whose notice is written."""

    kind = models.CharField(max_length=60)
    fact = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    audience = models.CharField(max_length=60)
    ref = models.BigIntegerField()
    context = models.JSONField(default=dict)
    case_id = models.BigIntegerField(null=True)
    cursor = models.BigIntegerField(default=0)
    told = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("kind", "fact", "version"), name="notify_mail_once"),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(cancelled_at=None),
                name="notify_mail_done_or_cancelled",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind}|{self.fact}|v{self.version}"


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
