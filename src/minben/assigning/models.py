from django.db import models
from django.db.models import F, Q

from minben.assigning.rules.offers import Answer
from minben.base.models import Recorded
from minben.casework.rules import AgencyRole


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


class Offer(Recorded):
    """An agency is asked to lead or to assist in a case, and what it answered (分辦通知).

    `settled_at` says since when nothing is waited for any more. A disputed one stays unsettled
    until the agency it was passed on to (`after` of the next) or the platform has spoken. A reason
    is public as soon as it is given and never changed.
    """

    case = models.ForeignKey("casework.Case", models.CASCADE, related_name="+")
    agency = models.ForeignKey("people.Agency", models.PROTECT, related_name="+")
    role = models.CharField(max_length=6, choices=[(r.value, r.value) for r in AgencyRole])
    offered_at = models.DateTimeField()
    offered_by = models.CharField(max_length=80)
    after = models.OneToOneField("self", models.CASCADE, null=True, related_name="passed_on")
    forced = models.BooleanField(default=False)
    answer = models.CharField(
        max_length=9, choices=[(a.value, a.value) for a in Answer], default=Answer.OPEN.value
    )
    reason = models.TextField(blank=True)
    proposed = models.ForeignKey("people.Agency", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=80, blank=True)
    escalated_at = models.DateTimeField(null=True)
    escalated_by = models.CharField(max_length=80, blank=True)
    decision = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=80, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(role__in=list(AgencyRole)), name="assigning_offer_role"
            ),
            models.CheckConstraint(
                condition=Q(answer=Answer.OPEN, answered_at=None, settled_at=None, decided_at=None)
                | Q(
                    answer=Answer.ACCEPTED,
                    answered_at__isnull=False,
                    settled_at__isnull=False,
                    decided_at=None,
                )
                | Q(
                    ~Q(reason=""),
                    answer=Answer.DISPUTED,
                    answered_at__isnull=False,
                    decided_at=None,
                )
                | Q(
                    answer=Answer.WITHDRAWN,
                    answered_at=None,
                    settled_at__isnull=False,
                    decided_at=None,
                )
                | Q(answer=Answer.DECIDED, settled_at__isnull=False, decided_at__isnull=False),
                name="assigning_offer_answer",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by="")
                | Q(~Q(answered_by=""), answered_at__isnull=False),
                name="assigning_offer_answered_pair",
            ),
            models.CheckConstraint(
                condition=Q(escalated_at=None, escalated_by="")
                | Q(~Q(escalated_by=""), escalated_at__isnull=False),
                name="assigning_offer_escalated_pair",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by="", decision="")
                | Q(~Q(decided_by=""), ~Q(decision=""), decided_at__isnull=False),
                name="assigning_offer_decided_pair",
            ),
            models.CheckConstraint(
                condition=Q(reason="") | Q(answered_at__isnull=False),
                name="assigning_offer_reason_answered",
            ),
            models.CheckConstraint(
                condition=Q(proposed=None) | (~Q(reason="") & ~Q(proposed=F("agency"))),
                name="assigning_offer_proposed",
            ),
            models.CheckConstraint(
                condition=Q(forced=False) | Q(answer=Answer.DECIDED),
                name="assigning_offer_forced",
            ),
            models.CheckConstraint(condition=~Q(offered_by=""), name="assigning_offer_offered_by"),
            models.UniqueConstraint(
                fields=("case", "agency"),
                condition=Q(settled_at=None),
                name="assigning_offer_one_unsettled",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.role} {self.agency_id} {self.answer}"
