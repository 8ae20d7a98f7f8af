"""Sheets of a case: a draft people work on, and published versions that never change."""

from django.db import models
from django.db.models import Q

from minben.base.models import Recorded
from minben.proceedings.rules import SheetKind


class Worksheet(Recorded):
    """The draft of one sheet of a case (草稿). Its entries have revisions of their own."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=[(k.value, k.value) for k in SheetKind])
    content = models.JSONField(default=dict)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=80)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=list(SheetKind)), name="proceedings_worksheet_kind"
            ),
            models.UniqueConstraint(fields=("case", "kind"), name="proceedings_worksheet_once"),
        )

    def __str__(self) -> str:
        return f"{self.kind} of case {self.case_id}"


class SheetVersion(Recorded):
    """A published version (公開版本). The database refuses to change it."""

    worksheet = models.ForeignKey(Worksheet, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=80)

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.CheckConstraint(condition=Q(number__gte=1), name="proceedings_version_from_one"),
            models.UniqueConstraint(
                fields=("worksheet", "number"), name="proceedings_version_once"
            ),
        )

    def __str__(self) -> str:
        return f"version {self.number}"
