from django.db import models
from django.db.models import Q

from minben.base.models import Recorded
from minben.ladder.rules import TITLE_MAX, Kind


class Process(Recorded):
    """A process in which people took part in a case (參與過程)."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in Kind])
    title = models.CharField(max_length=TITLE_MAX)
    held_on = models.DateField()

    class Meta:
        ordering = ("held_on", "id")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=list(Kind)), name="ladder_process_kind"),
            models.CheckConstraint(condition=~Q(title=""), name="ladder_process_titled"),
            models.UniqueConstraint(
                fields=("case", "title", "held_on"), name="ladder_process_once"
            ),
        )

    def __str__(self) -> str:
        return self.title


class Statement(Recorded):
    """What an agency states of a process, signed and dated (參與程度說明). Never changed.

    `known` is what the platform's own record proved at that time; `rung` follows from both.
    """

    process = models.ForeignKey(Process, models.PROTECT, related_name="statements")
    version = models.PositiveSmallIntegerField()
    agency = models.ForeignKey("people.Agency", models.PROTECT, related_name="+")
    facts = models.JSONField(default=list)
    known = models.JSONField(default=list)
    rung = models.PositiveSmallIntegerField()
    influence = models.TextField()
    decided = models.TextField()
    outcome = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        ordering = ("process", "version")
        constraints = (
            models.UniqueConstraint(fields=("process", "version"), name="ladder_statement_version"),
            models.CheckConstraint(
                condition=Q(rung__gte=1, rung__lte=8), name="ladder_statement_rung"
            ),
            models.CheckConstraint(
                condition=~Q(influence="") & ~Q(decided="") & ~Q(outcome=""),
                name="ladder_statement_reasoned",
            ),
        )

    def __str__(self) -> str:
        return f"{self.process_id} {self.rung}"
