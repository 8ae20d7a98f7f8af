"""The transcript of a meeting: speakers, turns, what was corrected, what is redacted."""

from django.db import models
from django.db.models import F, Q

from minben.base.models import Recorded
from minben.proceedings.rules.transcripts import RedactionGround


class Transcript(Recorded):
    """The words of a meeting. `due_at` is exclusive; before it the database lets nobody publish."""

    meeting = models.OneToOneField("meetings.Meeting", models.PROTECT, related_name="+")
    imported_at = models.DateTimeField()
    imported_by = models.CharField(max_length=80)
    opened_at = models.DateTimeField(null=True)
    opened_by = models.CharField(max_length=80, blank=True)
    due_at = models.DateTimeField(null=True)
    basis = models.CharField(max_length=200, blank=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(opened_at=None, opened_by="", due_at=None, basis="")
                | Q(~Q(opened_by=""), ~Q(basis=""), opened_at__isnull=False, due_at__isnull=False),
                name="proceedings_transcript_opened_whole",
            ),
            models.CheckConstraint(
                condition=Q(due_at=None) | Q(due_at__gt=F("opened_at")),
                name="proceedings_transcript_window",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None, published_by="")
                | Q(
                    ~Q(published_by=""),
                    published_at__isnull=False,  # a comparison with nothing holds in SQL
                    due_at__isnull=False,
                    published_at__gte=F("due_at"),
                ),
                name="proceedings_transcript_not_early",
            ),
        )

    def __str__(self) -> str:
        return f"transcript of meeting {self.meeting_id}"


class Speaker(models.Model):
    """Somebody who spoke, named by role or name as they agreed to be; `person` is never shown."""

    transcript = models.ForeignKey(Transcript, models.CASCADE, related_name="speakers")
    name = models.CharField(max_length=40)
    person = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("transcript", "name"), name="proceedings_speaker_once"),
        )

    def __str__(self) -> str:
        return self.name


class Turn(models.Model):
    """One turn of speech. `text` is what is published; `original` stays internal."""

    transcript = models.ForeignKey(Transcript, models.CASCADE, related_name="turns")
    number = models.PositiveSmallIntegerField()
    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="turns")
    original = models.TextField()
    text = models.TextField()
    revision = models.PositiveIntegerField(default=1)
    corrected_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("transcript", "number"), name="proceedings_turn_once"),
            models.CheckConstraint(condition=~Q(text=""), name="proceedings_turn_says"),
        )

    def __str__(self) -> str:
        return f"turn {self.number}"


class Correction(Recorded):
    """A speaker changed their own words (更正); internal, never changed."""

    turn = models.ForeignKey(Turn, models.PROTECT, related_name="corrections")
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"correction of {self.turn_id}"


class Redaction(Recorded):
    """A passage that is not shown (遮蔽): asked for, and granted or not. `mark` stands in the text."""

    turn = models.ForeignKey(Turn, models.PROTECT, related_name="redactions")
    passage = models.CharField(max_length=500, blank=True)
    ground = models.CharField(max_length=10, choices=[(g.value, g.value) for g in RedactionGround])
    reason = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=80)
    granted = models.BooleanField(null=True)
    mark = models.PositiveSmallIntegerField(null=True)
    decision = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(ground__in=list(RedactionGround)), name="proceedings_redaction_ground"
            ),
            models.CheckConstraint(
                condition=Q(granted=None, decided_at=None, decided_by="", decision="")
                | Q(~Q(decided_by=""), granted__isnull=False, decided_at__isnull=False),
                name="proceedings_redaction_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(granted=True, granted__isnull=False, mark__gte=1, mark__isnull=False)
                | Q(granted=False, mark=None)
                | Q(granted=None, mark=None),
                name="proceedings_redaction_marked",
            ),
            models.UniqueConstraint(fields=("turn", "mark"), name="proceedings_redaction_once"),
        )

    def __str__(self) -> str:
        return f"redaction of {self.turn_id}"
