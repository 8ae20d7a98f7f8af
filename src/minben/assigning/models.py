from django.db import models


class Precedent(models.Model):
    """A past case whose lead is known, as suggestions read it (前案). Derived from the case.

    `ticked` is what the proposer named when filing; null where nothing tells.
    """

    case = models.OneToOneField("casework.Case", models.CASCADE, related_name="+")
    jurisdiction = models.ForeignKey("people.Jurisdiction", models.PROTECT, related_name="+")
    leads = models.JSONField()
    assists = models.JSONField(default=list)
    ticked = models.JSONField(null=True)
    since = models.DateField()
    archived = models.BooleanField()
    norm = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.case_id} {self.since:%Y-%m-%d}"


class PrecedentGram(models.Model):
    """A pair of characters of a past case with its weight in thousandths (雙字元)."""

    precedent = models.ForeignKey(Precedent, models.CASCADE, related_name="grams")
    gram = models.CharField(max_length=4)
    weight = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("gram", "precedent"), name="assigning_gram_once"),
        )

    def __str__(self) -> str:
        return self.gram
