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
    endorsed = models.PositiveIntegerField(default=0)  # those that count
    numbered = models.PositiveIntegerField(default=0)  # the last number given; never falls
    confirmed = models.PositiveIntegerField(default=0)  # the last number whose person was told
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
    networks_emptied_at = models.DateTimeField(null=True)
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
            models.CheckConstraint(
                condition=Q(endorsed__lte=F("numbered"), confirmed__lte=F("numbered")),
                name="proposals_counted_among_numbered",
            ),
        )

    def __str__(self) -> str:
        return self.subject


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
