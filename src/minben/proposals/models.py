import uuid

from django.db import models
from django.db.models import F, Q

from minben.base.models import Recorded
from minben.casework.rules import Adoption
from minben.proposals.rules import State

TOPICS = (
    "health", "transport", "education", "tax-finance", "labour", "environment", "housing",
    "justice", "digital", "agriculture", "culture-sport", "social-welfare", "public-safety",
    "other",
)  # fmt: skip


class Draft(Recorded):
    """A proposal being written (草稿); autosaved, private unless opened for co-drafting."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    author = models.ForeignKey("people.User", models.CASCADE, related_name="+")
    jurisdiction = models.ForeignKey("people.Jurisdiction", models.PROTECT, related_name="+")
    subject = models.CharField(max_length=200, blank=True)
    content = models.TextField(blank=True)
    benefits = models.TextField(blank=True)
    evidence = models.JSONField(
        default=dict
    )  # {"links": [{title,url}], "video": url, "files": […]}
    topic = models.CharField(max_length=20, blank=True)
    agency_ids = models.JSONField(default=list)
    agencies_chosen = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    codraft_from = models.DateTimeField(null=True)
    codraft_until = models.DateTimeField(null=True)
    thread = models.OneToOneField("discussion.Thread", models.PROTECT, null=True)
    history = models.JSONField(default=list)  # dated facts of a co-drafting that became a case

    class Meta:
        ordering = ("-saved_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(codraft_from=None, codraft_until=None)
                | Q(
                    codraft_from__isnull=False,
                    codraft_until__isnull=False,  # a comparison with nothing would pass
                    codraft_until__gt=F("codraft_from"),
                ),
                name="proposals_draft_codraft_pair",
            ),
        )

    def __str__(self) -> str:
        return self.subject


class Proposal(Recorded):
    """A filed proposal (提議). Its case holds rules, deadlines, agencies and responses."""

    case = models.OneToOneField("casework.Case", models.PROTECT, related_name="proposal")
    thread = models.OneToOneField("discussion.Thread", models.PROTECT)
    codrafting = models.ForeignKey(Draft, models.SET_NULL, null=True, related_name="+")
    proposer = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    proposer_name = models.CharField(max_length=60, blank=True)
    county = models.CharField(max_length=12, blank=True)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in State])
    subject = models.CharField(max_length=200)
    content = models.TextField()
    benefits = models.TextField(blank=True)
    evidence = models.JSONField(default=dict)
    topic = models.CharField(max_length=20, default="other")
    threshold = models.PositiveIntegerField()
    endorsed = models.PositiveIntegerField(default=0)
    filed_at = models.DateTimeField()
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    reached_at = models.DateTimeField(null=True)
    response_due_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    adoption = models.CharField(
        max_length=16, blank=True, choices=[(a.value, a.value) for a in Adoption]
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdraw_reason = models.CharField(max_length=1000, blank=True)
    archive_id = models.CharField(max_length=40, unique=True, null=True)
    archive_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("-filed_at", "-id")
        indexes = (
            models.Index(fields=("state", "-filed_at"), name="proposals_state_filed"),
            models.Index(fields=("state", "closes_at"), name="proposals_state_closes"),
            models.Index(fields=("-endorsed",), name="proposals_endorsed"),
            models.Index(fields=("topic",), name="proposals_topic"),
            models.Index(fields=("county",), name="proposals_county"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(state__in=list(State)), name="proposals_state"),
            models.CheckConstraint(
                condition=Q(state__in=["checking", "hidden", "withdrawn"])
                | Q(opens_at__isnull=False, closes_at__isnull=False),
                name="proposals_window_once_open",
            ),
            models.CheckConstraint(
                condition=Q(opens_at=None, closes_at=None)
                | Q(
                    opens_at__isnull=False,
                    closes_at__isnull=False,
                    closes_at__gt=F("opens_at"),
                ),
                name="proposals_window",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["reached", "answered"], reached_at__isnull=False)
                | Q(~Q(state__in=["reached", "answered"]), reached_at=None),
                name="proposals_reached_pair",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                | Q(~Q(state="withdrawn"), withdrawn_at=None, withdraw_reason=""),
                name="proposals_withdrawn_pair",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(state="answered"), name="proposals_answered"
            ),
            models.CheckConstraint(
                condition=Q(adoption__in=["", *Adoption]), name="proposals_adoption"
            ),
        )

    def __str__(self) -> str:
        return self.subject


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


class Endorsement(Recorded):
    """One person's endorsement (附議). One per person and proposal: the database enforces it."""

    proposal = models.ForeignKey(
        Proposal, models.CASCADE, related_name="endorsements", db_index=False
    )
    person = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    archive_number = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()
    number = models.PositiveIntegerField()
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
        )
        indexes = (models.Index(fields=("proposal", "at"), name="proposals_endorse_at"),)

    def __str__(self) -> str:
        return f"{self.proposal_id} no. {self.number}"


class CurvePoint(models.Model):
    """An archived daily count, where the archive has no single endorsements (附議曲線)."""

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


class Gram(models.Model):
    """One character bigram of a proposal's text, folded: the search index (雙字元索引)."""

    gram = models.CharField(max_length=4)
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="grams")
    in_subject = models.BooleanField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("gram", "in_subject", "proposal"), name="proposals_gram_once"
            ),
        )

    def __str__(self) -> str:
        return self.gram
