"""What is said in words of figures (發布者之說法)."""

from django.db import models
from django.db.models import Q

from minben.base.models import Recorded
from minben.indicators.models.observed import Indicator
from minben.indicators.models.sources import Source
from minben.indicators.models.units import Unit
from minben.indicators.rules import NAME_MAX, PERIOD_MAX, TEXT_MAX


class Claim(Recorded):
    """What somebody says in words of a survey's figures (發布者之說法), to be held against them.

    The database refuses to change it; it can be withdrawn once, and stays to be read.

    Args of note: `says` is a kind `surveys.claims` can judge; `figure` the number said, if one is,
    with as many `decimals`; without `said_by` it is the source's publisher who says it, in
    `said_in`. Without English the words are shown as they were said.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="claims")
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    earlier = models.CharField(max_length=PERIOD_MAX, blank=True)
    period = models.CharField(max_length=PERIOD_MAX)
    says = models.CharField(max_length=12)
    figure = models.FloatField(null=True)
    decimals = models.PositiveSmallIntegerField(null=True)
    words_zh = models.CharField(max_length=NAME_MAX)
    words_en = models.CharField(max_length=NAME_MAX, blank=True)
    said_by = models.CharField(max_length=NAME_MAX, blank=True, db_default="")
    said_in = models.CharField(max_length=NAME_MAX, blank=True, db_default="")
    said_on = models.DateField(null=True)
    address = models.CharField(max_length=500, blank=True, db_default="")
    order = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(null=True)
    by = models.CharField(max_length=80, blank=True, db_default="")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=80, blank=True, db_default="")
    withdrawn_why = models.TextField(max_length=TEXT_MAX, blank=True, db_default="")

    class Meta:
        ordering = ("source", "order", "id")
        constraints = (
            models.CheckConstraint(
                condition=~Q(period="") & ~Q(says="") & ~Q(words_zh=""),
                name="indicators_claim_said",
            ),
            models.CheckConstraint(
                condition=Q(decimals=None) | Q(figure__isnull=False, decimals__lte=6),
                name="indicators_claim_decimals",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by="", withdrawn_why="")
                | Q(Q(withdrawn_at__isnull=False), ~Q(withdrawn_by=""), ~Q(withdrawn_why="")),
                name="indicators_claim_withdrawn",
            ),
        )

    def __str__(self) -> str:
        return self.words_zh
