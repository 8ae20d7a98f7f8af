"""Indicators and what was observed of units (指標與觀測值)."""

from django.db import models
from django.db.models import F, Q

from minben.base.models import Recorded
from minben.indicators.models.sources import Intake, IntakeFile, Source
from minben.indicators.models.units import Unit
from minben.indicators.rules import (
    CODE_MAX,
    NAME_MAX,
    PERIOD_MAX,
    TEXT_MAX,
    Direction,
    Domain,
    Scale,
    Status,
)


class Indicator(Recorded):
    """A measure, and all that must be known to read a number of it (指標).

    Args of note: `low` and `high` are what is plausible; `base_*` who was asked or counted;
    `relations` whom the service is between; `decimals` with how many it is published.
    """

    code = models.CharField(max_length=CODE_MAX, unique=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="indicators")
    title_zh = models.CharField(max_length=NAME_MAX)
    title_en = models.CharField(max_length=NAME_MAX)
    definition_zh = models.TextField(max_length=TEXT_MAX, blank=True)
    definition_en = models.TextField(max_length=TEXT_MAX, blank=True)
    scale = models.CharField(max_length=7, choices=[(one.value, one.value) for one in Scale])
    unit_zh = models.CharField(max_length=40, blank=True)
    unit_en = models.CharField(max_length=40, blank=True)
    direction = models.SmallIntegerField(default=0)
    domain = models.CharField(max_length=11, default=Domain.NONE)
    dimension_zh = models.CharField(max_length=NAME_MAX, blank=True)
    dimension_en = models.CharField(max_length=NAME_MAX, blank=True)
    base_zh = models.CharField(max_length=NAME_MAX, blank=True)
    base_en = models.CharField(max_length=NAME_MAX, blank=True)
    decimals = models.PositiveSmallIntegerField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    relations = models.JSONField(default=list)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("source", "order", "code")
        constraints = (
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(title_zh="") & ~Q(title_en=""),
                name="indicators_indicator_named",
            ),
            models.CheckConstraint(
                condition=Q(scale__in=list(Scale)), name="indicators_indicator_scale"
            ),
            models.CheckConstraint(
                condition=Q(domain__in=list(Domain)), name="indicators_indicator_domain"
            ),
            models.CheckConstraint(
                condition=Q(direction__in=list(Direction)), name="indicators_indicator_direction"
            ),
            models.CheckConstraint(
                condition=Q(low=None) | Q(high=None) | Q(low__lt=F("high")),
                name="indicators_indicator_span",
            ),
            models.CheckConstraint(
                condition=Q(decimals=None) | Q(decimals__lte=12),
                name="indicators_indicator_decimals",
            ),
        )

    def __str__(self) -> str:
        return self.code


class Break(Recorded):
    """From `period` on an indicator is measured otherwise: no line is drawn across (序列中斷)."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="breaks")
    period = models.CharField(max_length=PERIOD_MAX)
    note_zh = models.CharField(max_length=NAME_MAX)
    note_en = models.CharField(max_length=NAME_MAX)

    class Meta:
        ordering = ("period",)
        constraints = (
            models.UniqueConstraint(fields=("indicator", "period"), name="indicators_break_once"),
            models.CheckConstraint(
                condition=~Q(period="") & ~Q(note_zh="") & ~Q(note_en=""),
                name="indicators_break_told",
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.period}"


class Observation(models.Model):
    """One number, where it stood, and how sure it is (觀測值). The database refuses to change it.

    `value` is empty for what the source says is missing or withholds. `place` is the row or the
    cell in the file.
    """

    intake = models.ForeignKey(Intake, models.PROTECT, related_name="+")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    period = models.CharField(max_length=PERIOD_MAX)
    value = models.FloatField(null=True)
    n = models.PositiveIntegerField(null=True)
    se = models.FloatField(null=True)
    status = models.CharField(max_length=1, default=Status.NORMAL)
    file = models.ForeignKey(IntakeFile, models.PROTECT, related_name="+")
    place = models.CharField(max_length=80)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("indicator", "unit", "period", "intake"), name="indicators_observed_once"
            ),
            models.CheckConstraint(
                condition=Q(status__in=list(Status)), name="indicators_observed_status"
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False)
                | Q(status__in=[Status.MISSING, Status.SUPPRESSED]),
                name="indicators_observed_or_missing",
            ),
            models.CheckConstraint(
                condition=Q(se=None) | Q(se__gte=0), name="indicators_observed_se"
            ),
            models.CheckConstraint(condition=~Q(period=""), name="indicators_observed_period"),
            models.CheckConstraint(condition=~Q(place=""), name="indicators_observed_place"),
        )
        indexes = (
            models.Index(fields=("unit", "indicator", "period"), name="indicators_observed_unit"),
            models.Index(fields=("intake",), name="indicators_observed_intake"),
        )

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.unit_id} {self.period}"
