from django.db import models
from django.db.models import F, Q

from minben.base.models import Recorded
from minben.findings.rules import ALT_MAX, NAME_MAX, PEOPLE_MAX, Severity


class Study(Recorded):
    """A test of a service with people (使用者測試). A draft until it is published."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    agency = models.ForeignKey("people.Agency", models.PROTECT, related_name="+")
    service = models.CharField(max_length=120)
    tested_on = models.DateField()
    method = models.TextField(blank=True)
    bounds = models.TextField(blank=True)  # 契約、法令、經費等限制
    source = models.CharField(max_length=300, blank=True)
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=80)
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ("tested_on", "id")
        constraints = (
            models.CheckConstraint(condition=~Q(service=""), name="findings_study_service"),
            models.CheckConstraint(
                condition=Q(published_at=None, published_by="")
                | Q(~Q(published_by=""), ~Q(method=""), published_at__isnull=False),
                name="findings_study_published_pair",
            ),
        )

    def __str__(self) -> str:
        return self.service


class Group(models.Model):
    """A kind of participant and how many, without names (參與者類型)."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="groups")
    kind = models.CharField(max_length=NAME_MAX)
    n = models.PositiveIntegerField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("study", "kind"), name="findings_group_once"),
            models.CheckConstraint(
                condition=Q(n__gte=1, n__lte=PEOPLE_MAX), name="findings_group_people"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.n}"


class Step(models.Model):
    """A step of the service, in order (步驟)."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=NAME_MAX)

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(fields=("study", "name"), name="findings_step_once"),
        )

    def __str__(self) -> str:
        return self.name


class Finding(Recorded):
    """What hindered people at a step (發現). Once published it stays; a correction follows it."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="findings")
    step = models.ForeignKey(Step, models.PROTECT, related_name="findings")
    severity = models.CharField(max_length=9, choices=[(s.value, s.value) for s in Severity])
    what = models.CharField(max_length=500)
    hit = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    quote = models.CharField(max_length=300, blank=True)
    picture = models.JSONField(default=dict, blank=True)
    alt = models.CharField(max_length=ALT_MAX, blank=True)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="correction")
    # The first wording: what is told of a finding, a change or a re-test, hangs on that one.
    first = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(severity__in=list(Severity)), name="findings_finding_severity"
            ),
            models.CheckConstraint(
                condition=Q(hit__gte=1, hit__lte=F("people")), name="findings_finding_of_all"
            ),
            models.CheckConstraint(condition=~Q(what=""), name="findings_finding_says"),
            models.CheckConstraint(
                condition=Q(picture={}) | ~Q(alt=""), name="findings_finding_picture_told"
            ),
            models.CheckConstraint(
                condition=Q(corrects=None, first=None, reason="")
                | (Q(corrects__isnull=False, first__isnull=False) & ~Q(reason="")),
                name="findings_finding_correction",
            ),
        )

    def __str__(self) -> str:
        return f"{self.severity} {self.pk}"

    @property
    def origin_id(self) -> int:
        """The key of its first wording."""
        return self.pk if self.first_id is None else self.first_id


class Fix(Recorded):
    """What was changed because of a finding (修改). Never changed: it was told."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="fixes")
    what = models.CharField(max_length=500)
    changed_on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        ordering = ("changed_on", "id")
        constraints = (models.CheckConstraint(condition=~Q(what=""), name="findings_fix_says"),)

    def __str__(self) -> str:
        return f"{self.finding_id} {self.changed_on}"


class Retest(Recorded):
    """How many still stumbled over a finding at a later test (複測). Never changed: it was told."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="retests")
    tested_on = models.DateField()
    n = models.PositiveIntegerField()
    still = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        ordering = ("tested_on", "id")
        constraints = (
            models.UniqueConstraint(fields=("finding", "tested_on"), name="findings_retest_once"),
            models.CheckConstraint(
                condition=Q(n__gte=1, still__lte=F("n")), name="findings_retest_of_all"
            ),
        )

    def __str__(self) -> str:
        return f"{self.finding_id} {self.tested_on}"
