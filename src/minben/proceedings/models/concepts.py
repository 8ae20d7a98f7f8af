"""Concept sheets of a meeting's groups (概念發展單)."""

from django.db import models
from django.db.models import Q

from minben.base.models import Recorded
from minben.proceedings.rules.concepts import GROUPS_MOST


class Concept(Recorded):
    """What one group thought out. Public from `published_at` on, and not changed any more."""

    meeting = models.ForeignKey("meetings.Meeting", models.PROTECT, related_name="+")
    group = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=60)
    problem = models.CharField(max_length=600)
    idea = models.CharField(max_length=1000)
    who = models.CharField(max_length=300, blank=True)
    first_step = models.CharField(max_length=300, blank=True)
    open_questions = models.CharField(max_length=600, blank=True)
    revision = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=80)
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ("group", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(group__gte=1, group__lte=GROUPS_MOST), name="proceedings_concept_group"
            ),
            models.CheckConstraint(
                condition=Q(published_at=None, published_by="")
                | Q(~Q(published_by=""), published_at__isnull=False),
                name="proceedings_concept_published_pair",
            ),
        )

    def __str__(self) -> str:
        return self.title
