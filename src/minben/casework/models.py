from functools import cached_property

from django.db import models
from django.db.models import F, Q

from minben.base.models import Recorded
from minben.casework.rules import (
    Adoption,
    AgencyRole,
    CaseOrigin,
    DeadlineKind,
    Outcome,
    RuleParameters,
    parse_parameters,
)


class RuleSet(models.Model):
    """A version of the rules of one government, in force from one day to another.

    Rows are never edited: a change of the rules is a new row (規則集).
    """

    code = models.SlugField(max_length=40, unique=True)
    jurisdiction = models.ForeignKey("people.Jurisdiction", models.PROTECT, related_name="+")
    title_zh = models.CharField(max_length=120)
    title_en = models.CharField(max_length=200)
    source = models.TextField()
    in_force_from = models.DateField()
    in_force_until = models.DateField(null=True)
    parameters = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("jurisdiction", "in_force_from")
        constraints = (
            models.CheckConstraint(
                condition=Q(in_force_until=None) | Q(in_force_until__gt=F("in_force_from")),
                name="casework_ruleset_period",
            ),
            models.UniqueConstraint(
                fields=("jurisdiction", "in_force_from"), name="casework_ruleset_start"
            ),
        )

    def __str__(self) -> str:
        return self.code

    @cached_property
    def rules(self) -> RuleParameters:
        """The parameters as a typed value."""
        return parse_parameters(self.parameters)


class Case(Recorded):
    """One matter before the government, under the rules in force when it was filed (案件)."""

    number = models.CharField(max_length=24, unique=True)
    jurisdiction = models.ForeignKey("people.Jurisdiction", models.PROTECT, related_name="+")
    rule_set = models.ForeignKey(RuleSet, models.PROTECT, related_name="cases")
    filed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    lead = models.ForeignKey("people.Agency", models.PROTECT, null=True, related_name="+")
    agency_names = models.JSONField(default=list)
    origin = models.CharField(
        max_length=10,
        choices=[(o.value, o.value) for o in CaseOrigin],
        default=CaseOrigin.PROPOSAL.value,
        db_default=CaseOrigin.PROPOSAL.value,
    )
    subject = models.CharField(max_length=200, blank=True, default="", db_default="")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(origin=CaseOrigin.PROPOSAL, subject="")
                | (Q(origin=CaseOrigin.AGENCY) & ~Q(subject="")),
                name="casework_case_subject",  # a proposal's subject stands with the proposal
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("filed_at")),
                name="casework_case_closed_after_filed",
            ),
        )

    def __str__(self) -> str:
        return self.number


class CaseAgency(models.Model):
    """An agency's part in a case: lead (主辦) or assisting (協辦)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="agencies")
    agency = models.ForeignKey("people.Agency", models.PROTECT, related_name="+")
    role = models.CharField(max_length=6, choices=[(r.value, r.value) for r in AgencyRole])
    since = models.DateTimeField()

    class Meta:
        ordering = ("-role", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(role__in=list(AgencyRole)), name="casework_agency_role"
            ),
            models.UniqueConstraint(fields=("case", "agency"), name="casework_agency_once"),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.role} {self.agency_id}"


class Deadline(Recorded):
    """A date the law sets (期限). Computed once from the pinned rule set and stored.

    `due_at` is the first instant after the last day. Only a lawful pause or an extension moves it,
    and then `base_due_at` still tells what it was at first. `remind_at` is the next mark of which
    the agency is told; None for what is no agency's, or came from an archive.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="deadlines")
    kind = models.CharField(max_length=16, choices=[(k.value, k.value) for k in DeadlineKind])
    starts_at = models.DateTimeField()
    base_due_at = models.DateTimeField()
    due_at = models.DateTimeField()
    basis = models.CharField(max_length=200)
    agency = models.ForeignKey("people.Agency", models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(
        max_length=10,
        choices=[(o.value, o.value) for o in Outcome],
        default=Outcome.OPEN.value,
    )
    outcome_at = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)
    remind_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("due_at", "id")
        indexes = (
            models.Index(fields=("due_at",), condition=Q(outcome="open"), name="casework_open_due"),
            models.Index(
                fields=("remind_at",),
                condition=Q(outcome="open", remind_at__isnull=False),
                name="casework_remind_due",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=list(DeadlineKind)), name="casework_deadline_kind"
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.OPEN, outcome_at=None)
                | Q(
                    outcome__in=[Outcome.MET, Outcome.LAPSED, Outcome.CANCELLED],
                    outcome_at__isnull=False,
                ),
                name="casework_deadline_outcome",
            ),
            models.CheckConstraint(
                condition=Q(due_at__gte=F("base_due_at")), name="casework_deadline_only_later"
            ),
            models.UniqueConstraint(
                fields=("case", "kind"),
                condition=Q(outcome="open"),
                name="casework_deadline_one_open",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.due_at:%Y-%m-%d}"


class Reminder(Recorded):
    """A mark of a duty of which its agency was told (稽催), once for each due date.

    `mark` is days before the last day, below zero after it; `told` is how many people.
    """

    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="reminders")
    mark = models.SmallIntegerField()
    due_at = models.DateTimeField()
    fired_at = models.DateTimeField()
    told = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("fired_at", "id")
        constraints = (
            models.CheckConstraint(condition=Q(mark__lte=30), name="casework_reminder_mark"),
            models.UniqueConstraint(
                fields=("deadline", "mark", "due_at"), name="casework_reminder_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.deadline_id} {self.mark:+d}"


class Extension(Recorded):
    """More time for an answer, with the published reason (延長). Never changed: it happened."""

    deadline = models.OneToOneField(Deadline, models.PROTECT, related_name="extension")
    from_due_at = models.DateTimeField()
    to_due_at = models.DateTimeField()
    latest_due_at = models.DateTimeField()
    reason = models.TextField()
    basis = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(to_due_at__gt=F("from_due_at")), name="casework_extension_forward"
            ),
            models.CheckConstraint(
                condition=Q(to_due_at__lte=F("latest_due_at")), name="casework_extension_within"
            ),
            models.CheckConstraint(
                condition=Q(at__lt=F("from_due_at")), name="casework_extension_in_time"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="casework_extension_reasoned"),
        )

    def __str__(self) -> str:
        return f"{self.deadline_id} {self.to_due_at:%Y-%m-%d}"


class Pause(Recorded):
    """A time in which proposing and endorsing stop, such as before an election (暫停)."""

    jurisdiction = models.ForeignKey("people.Jurisdiction", models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason_zh = models.CharField(max_length=200)
    reason_en = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=300)
    declared_at = models.DateTimeField()
    declared_by = models.CharField(max_length=80)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("starts_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="casework_pause_period"
            ),
        )

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d} – {self.ends_at:%Y-%m-%d}"


class Response(Recorded):
    """A formal response in four blocks (正式回應). Draft until the explicit act of publishing."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="responses")
    agency = models.ForeignKey("people.Agency", models.PROTECT, related_name="+")
    interim = models.BooleanField(default=False)
    archived = models.BooleanField(default=False)  # as another platform published it
    analysis = models.TextField(blank=True)
    deliberation = models.TextField(blank=True)
    adoption = models.CharField(
        max_length=16, blank=True, choices=[(a.value, a.value) for a in Adoption]
    )
    adoption_reason = models.TextField(blank=True)
    follow_up = models.TextField(blank=True)
    drafted_by = models.CharField(max_length=80)
    drafted_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)
    published_by = models.CharField(max_length=80, blank=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("published_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(adoption__in=["", *Adoption]), name="casework_response_adoption"
            ),
            models.CheckConstraint(
                condition=Q(published_at=None, published_by="")
                | Q(~Q(published_by=""), published_at__isnull=False),
                name="casework_response_published_pair",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None)
                | Q(interim=True)
                | Q(archived=True)
                | Q(~Q(adoption=""), ~Q(analysis=""), ~Q(adoption_reason="")),
                name="casework_response_whole",
            ),
            models.UniqueConstraint(
                fields=("case",),
                condition=Q(interim=False, published_at__isnull=False),
                name="casework_response_one_final",
            ),
            models.UniqueConstraint(
                fields=("case",), condition=Q(published_at=None), name="casework_response_one_draft"
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.adoption or 'draft'}"

    @property
    def blocks(self) -> dict[str, str]:
        """The four texts by name."""
        return {
            "analysis": self.analysis,
            "deliberation": self.deliberation,
            "adoption_reason": self.adoption_reason,
            "follow_up": self.follow_up,
        }
