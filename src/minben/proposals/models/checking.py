from django.db import models
from django.db.models import F, Q

from minben.base.models import Recorded
from minben.proposals.models.proposal import Proposal


class Check(Recorded):
    """The check of a proposal (檢核): its edit lock and its decision."""

    proposal = models.OneToOneField(Proposal, models.CASCADE, related_name="check_record")
    locked_by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    locked_until = models.DateTimeField(null=True)
    accepted = models.BooleanField(null=True)
    ground = models.CharField(max_length=24, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    withheld = models.BooleanField(default=False)
    merge_into = models.ForeignKey(Proposal, models.SET_NULL, null=True, related_name="+")
    decided_by = models.CharField(max_length=80, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(accepted=None, decided_at=None, decided_by="")
                | Q(~Q(decided_by=""), accepted__isnull=False, decided_at__isnull=False),
                name="proposals_check_decided",
            ),
            models.CheckConstraint(
                condition=~Q(accepted=False) | Q(~Q(ground=""), ~Q(reason="")),
                name="proposals_check_hidden_reason",
            ),
            models.CheckConstraint(
                condition=Q(locked_by=None) | Q(locked_until__isnull=False),
                name="proposals_check_lock_pair",
            ),
        )

    def __str__(self) -> str:
        return f"check of {self.proposal_id}"


class Appeal(Recorded):
    """The one appeal against hiding (申覆), decided by somebody else than who hid it."""

    proposal = models.OneToOneField(Proposal, models.CASCADE, related_name="appeal")
    text = models.CharField(max_length=2000)
    filed_at = models.DateTimeField()
    hidden_by = models.CharField(max_length=80)
    upheld = models.BooleanField(null=True)
    reason = models.CharField(max_length=1000, blank=True)
    decided_by = models.CharField(max_length=80, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(upheld=None, decided_at=None, decided_by="", reason="")
                | Q(
                    ~Q(decided_by=""),
                    ~Q(reason=""),
                    upheld__isnull=False,
                    decided_at__isnull=False,
                ),
                name="proposals_appeal_decided",
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=F("hidden_by")), name="proposals_appeal_other_person"
            ),
        )

    def __str__(self) -> str:
        return f"appeal of {self.proposal_id}"
