from django.db import models
from django.db.models import Q

from minben.base.models import Recorded
from minben.proposals.models.proposal import Proposal


class Endorsement(Recorded):
    """One person's endorsement (附議). One per person and proposal: the database enforces it.

    The request only inserts it. Its number and its place in the public ledger come with the next
    counting, a moment later, in the order of the ledger. `salt` opens the commitment the ledger
    holds; without it, as after an erasure, the ledger tells nothing of the person.
    """

    proposal = models.ForeignKey(
        Proposal, models.CASCADE, related_name="endorsements", db_index=False
    )
    person = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    archive_number = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()
    number = models.PositiveIntegerField(null=True)
    leaf_index = models.BigIntegerField(null=True)
    salt = models.BinaryField(max_length=32, null=True)
    invalidated_at = models.DateTimeField(null=True)
    network = models.BinaryField(max_length=16, null=True)  # minben.proposals.queries.networks
    nickname = models.CharField(max_length=20, blank=True)
    county = models.CharField(max_length=12, blank=True)
    # Wider than what is asked here: archives hold places abroad and longer reasons.
    township = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("proposal", "person"), name="proposals_endorse_once"),
            models.UniqueConstraint(fields=("proposal", "number"), name="proposals_endorse_number"),
            models.CheckConstraint(
                condition=Q(person=None, archive_number__isnull=False)
                | Q(person__isnull=False, archive_number=None),
                name="proposals_endorse_person_or_archive",
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=False) | Q(leaf_index=None, invalidated_at=None),
                name="proposals_endorse_counted_first",
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=False) | Q(person__isnull=False),
                name="proposals_endorse_archived_are_counted",
            ),
        )
        indexes = (
            models.Index(fields=("proposal", "at"), name="proposals_endorse_at"),
            models.Index(
                fields=("proposal",),
                condition=Q(invalidated_at__isnull=False),
                name="proposals_endorse_invalid",
            ),
        )

    def __str__(self) -> str:
        return f"{self.proposal_id} no. {self.number}"


class CurvePoint(models.Model):
    """How many had endorsed when a day of Taiwan ended (附議曲線): from an archive, or as counted."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="curve", db_index=False)
    day = models.DateField()
    total = models.PositiveIntegerField()

    class Meta:
        ordering = ("day",)
        constraints = (
            models.UniqueConstraint(fields=("proposal", "day"), name="proposals_curve_day"),
        )

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.day} {self.total}"
