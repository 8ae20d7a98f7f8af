"""Who publishes figures, and every import of them (資料來源與版次)."""

from django.db import models
from django.db.models import Q

from minben.base.models import Recorded
from minben.indicators.models.shared import AGENCY, is_hash
from minben.indicators.rules import CODE_MAX, NAME_MAX, TEXT_MAX


class Source(Recorded):
    """Who publishes a set of figures, and on what terms (資料來源).

    Without `agency` it is the platform's. `open_terms`: values may be passed on for download.
    """

    code = models.CharField(max_length=CODE_MAX, unique=True)
    agency = models.ForeignKey(AGENCY, models.PROTECT, null=True, related_name="+")
    publisher = models.CharField(max_length=NAME_MAX)
    title_zh = models.CharField(max_length=NAME_MAX)
    title_en = models.CharField(max_length=NAME_MAX)
    published_on = models.DateField(null=True)
    address = models.CharField(max_length=500, blank=True)
    licence = models.CharField(max_length=NAME_MAX)
    open_terms = models.BooleanField(default=False)
    survey = models.BooleanField(default=False)
    notes_zh = models.TextField(max_length=TEXT_MAX, blank=True)
    notes_en = models.TextField(max_length=TEXT_MAX, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(publisher="") & ~Q(title_zh="") & ~Q(title_en=""),
                name="indicators_source_named",
            ),
            models.CheckConstraint(condition=~Q(licence=""), name="indicators_source_licence"),
        )

    def __str__(self) -> str:
        return self.code


class Intake(Recorded):
    """One import: the vintage of what it brought (資料版次).

    `sheet` tells per file what was in it; `remarks` are the warnings whoever imported it saw. One
    that was withdrawn counts no more, and stays to be read.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="intakes")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)
    observations = models.PositiveIntegerField()
    sheet = models.JSONField(default=list)
    remarks = models.JSONField(default=list)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=80, blank=True)
    withdrawn_why = models.TextField(max_length=TEXT_MAX, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("source", "number"), name="indicators_intake_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="indicators_intake_from_one"),
            models.CheckConstraint(condition=is_hash(), name="indicators_intake_hash"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by="", withdrawn_why="")
                | Q(Q(withdrawn_at__isnull=False), ~Q(withdrawn_by=""), ~Q(withdrawn_why="")),
                name="indicators_intake_withdrawn",
            ),
        )

    def __str__(self) -> str:
        return f"{self.source_id} {self.number}"


class IntakeFile(Recorded):
    """A file as it was brought, compressed (gzip): what every number of it can be checked with."""

    intake = models.ForeignKey(Intake, models.PROTECT, related_name="files")
    name = models.CharField(max_length=NAME_MAX)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=("intake", "name"), name="indicators_file_once"),
            models.CheckConstraint(condition=is_hash(), name="indicators_file_hash"),
            models.CheckConstraint(condition=~Q(name=""), name="indicators_file_named"),
        )

    def __str__(self) -> str:
        return self.name


class Staged(Recorded):
    """Files between their preview and their import (待確認之匯入); kept for a day, see `rules`.

    `package` is an archive (`taking.bundles`), `layout` how the files are read, as JSON.
    """

    source = models.ForeignKey(Source, models.CASCADE, related_name="+")
    package = models.BinaryField()
    layout = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    def __str__(self) -> str:
        return f"{self.source_id} {self.at}"
