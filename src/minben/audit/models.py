from django.db import models

from minben.audit.registry import EventKind, kind_of
from minben.base.models import Recorded


class Event(Recorded):
    """One act. Never changed and never deleted: a database trigger refuses it.

    The one exception: after ``people.erased`` of a person was recorded, name, private parts and
    own words in the rows of that person can be emptied, and only emptied.

    `data` is fit for publication; `private` is for auditors only (addresses, numbers, grounds
    of a person's refusal) and is never shown on a public page.
    """

    kind = models.CharField(max_length=60)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    actor_label = models.CharField(max_length=120, blank=True)
    subject = models.CharField(max_length=80)
    case_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)
    private = models.JSONField(default=dict)

    class Meta:
        ordering = ("at", "id")
        indexes = (
            models.Index(fields=("case_id", "at"), name="audit_case_at"),
            models.Index(fields=("subject",), name="audit_subject"),
            models.Index(fields=("actor",), name="audit_actor"),
            models.Index(fields=("kind", "at"), name="audit_kind_at"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} {self.at:%Y-%m-%dT%H:%MZ}"

    @property
    def declaration(self) -> EventKind:
        """The declared kind of this event."""
        return kind_of(self.kind)
