from django.db import models
from django.db.models import Q

from minben.base.models import Recorded
from minben.phrases.rules import TEXT_MAX, TITLE_MAX, Kind


class Phrase(Recorded):
    """A template of an agency, or of the platform where `agency` is null (範本).

    Its words stand in the version that `revision` numbers. It is retired, never deleted.
    """

    agency = models.ForeignKey("people.Agency", models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=9, choices=[(one.value, one.value) for one in Kind])
    revision = models.PositiveIntegerField(default=1)
    retired_at = models.DateTimeField(null=True)
    retired_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=list(Kind)), name="phrases_phrase_kind"),
            models.CheckConstraint(condition=Q(revision__gte=1), name="phrases_phrase_revision"),
            models.CheckConstraint(
                condition=Q(retired_at=None, retired_by="")
                | Q(~Q(retired_by=""), retired_at__isnull=False),
                name="phrases_phrase_retired_pair",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class PhraseVersion(Recorded):
    """The words of a template from `at` on; the database refuses to change them."""

    phrase = models.ForeignKey(Phrase, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=TITLE_MAX)
    text = models.TextField(max_length=TEXT_MAX)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("phrase", "number"), name="phrases_version_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="phrases_version_number"),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(text=""), name="phrases_version_words"
            ),
            models.CheckConstraint(condition=~Q(by=""), name="phrases_version_by"),
        )

    def __str__(self) -> str:
        return self.title
