from django.db import models
from django.db.models import F, Q

from minben.base.models import Recorded
from minben.casework.rules import Adoption
from minben.demands.rules import (
    NOTE_MAX,
    QUOTE_MAX,
    TEXT_MAX,
    WHY_MAX,
    CorrectionKind,
    DemandState,
    Outcome,
    Step,
)

_ADOPTIONS = [(one.value, one.value) for one in Adoption]


class Demand(Recorded):
    """One thing a proposal asks for, as the officers work on it (訴求).

    `number` is for good; `position` is where it stands. `revision` counts changes of the words.
    `route` are the steps of clearance chosen with the last hand-in, `waits_for` whose turn it is.
    """

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=TEXT_MAX)
    drawn_from = models.CharField(max_length=QUOTE_MAX, blank=True)
    agency = models.ForeignKey("people.Agency", models.PROTECT, null=True, related_name="+")
    state = models.CharField(
        max_length=10,
        choices=[(one.value, one.value) for one in DemandState],
        default=DemandState.OPEN.value,
    )
    closed_reason = models.CharField(max_length=WHY_MAX, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=1)
    route = models.JSONField(default=list)
    waits_for = models.CharField(
        max_length=16,
        choices=[(one.value, one.value) for one in Step],
        blank=True,
        default=Step.DRAFTER.value,
    )
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=80)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=80)

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(fields=("case", "number"), name="demands_demand_number"),
            models.CheckConstraint(
                condition=Q(state__in=list(DemandState)), name="demands_demand_state"
            ),
            models.CheckConstraint(
                condition=Q(waits_for__in=["", *Step]), name="demands_demand_waits_for"
            ),
            models.CheckConstraint(
                condition=~Q(text="") & Q(number__gte=1) & Q(position__gte=1),
                name="demands_demand_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[DemandState.DROPPED, DemandState.MERGED])
                & ~Q(closed_reason="")
                | ~Q(state__in=[DemandState.DROPPED, DemandState.MERGED]) & Q(closed_reason=""),
                name="demands_demand_left_out_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=DemandState.MERGED, merged_into__isnull=False)
                | ~Q(state=DemandState.MERGED) & Q(merged_into=None),
                name="demands_demand_merged_into",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[DemandState.DISPOSED, DemandState.PUBLISHED])
                | Q(agency__isnull=False),
                name="demands_demand_disposed_by_agency",
            ),
            models.CheckConstraint(
                condition=~Q(created_by="")
                & ~Q(changed_by="")
                & Q(changed_at__gte=F("created_at")),
                name="demands_demand_who_and_when",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id}.{self.number}"


class SplitVersion(Recorded):
    """A split as it was published (訴求拆解之公布版本). Its contents are never changed.

    `items` are the demands: number, text, drawn_from, agency (zh, en, code; or null), state and
    why one is left out. `corrections_until` is exclusive; null where nobody could correct it.
    """

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    items = models.JSONField()
    note = models.CharField(max_length=NOTE_MAX, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    corrections_until = models.DateTimeField(null=True)
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("case", "number"), name="demands_split_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="demands_split_from_one"),
            models.CheckConstraint(
                condition=Q(corrections_until=None) | Q(corrections_until__gt=F("at")),
                name="demands_split_window",
            ),
            models.CheckConstraint(
                condition=Q(agreed_at=None)
                | Q(corrections_until__isnull=False, agreed_at__gte=F("at")),
                name="demands_split_agreed",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} v{self.number}"


class Correction(Recorded):
    """What whoever petitioned would have otherwise in a published split (更正意見), and the answer.

    The words of somebody who was erased are emptied; that there was a correction stays.
    """

    version = models.ForeignKey(SplitVersion, models.PROTECT, related_name="corrections")
    demand = models.ForeignKey(Demand, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(
        max_length=12, choices=[(one.value, one.value) for one in CorrectionKind]
    )
    text = models.CharField(max_length=TEXT_MAX, blank=True)
    why = models.CharField(max_length=WHY_MAX, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    taken = models.BooleanField(null=True)
    answer = models.CharField(max_length=WHY_MAX, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=list(CorrectionKind)), name="demands_correction_kind"
            ),
            models.CheckConstraint(
                condition=Q(kind=CorrectionKind.MISSING, demand=None)
                | ~Q(kind=CorrectionKind.MISSING) & Q(demand__isnull=False),
                name="demands_correction_of_a_demand",
            ),
            models.CheckConstraint(
                condition=Q(taken=None, answered_at=None, answered_by="", answer="")
                | Q(taken__isnull=False, answered_at__gte=F("at"))
                & ~Q(answered_by="")
                & ~Q(answer=""),
                name="demands_correction_answered",
            ),
            models.UniqueConstraint(
                fields=("version", "demand", "kind"), name="demands_correction_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.version_id} {self.kind}"


class DraftText(Recorded):
    """A text of the internal draft of a disposition (擬稿). Every saved one stays as it was.

    The draft is the text with the highest revision. One that was written on an older revision is
    kept `aside`, beside the `revision` that was saved meanwhile: so nobody loses a word.
    """

    demand = models.ForeignKey(Demand, models.PROTECT, related_name="texts")
    revision = models.PositiveIntegerField()
    based_on = models.PositiveIntegerField()
    aside = models.BooleanField(default=False)
    adoption = models.CharField(max_length=16, blank=True, choices=_ADOPTIONS)
    reason = models.TextField(blank=True)
    follow_up = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        ordering = ("revision", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("demand", "revision"),
                condition=Q(aside=False),
                name="demands_draft_one_of_a_revision",
            ),
            models.CheckConstraint(
                condition=Q(adoption__in=["", *Adoption]), name="demands_draft_adoption"
            ),
            models.CheckConstraint(
                condition=Q(aside=False, revision=F("based_on") + 1)
                | Q(aside=True, revision__gt=F("based_on")),
                name="demands_draft_follows",
            ),
        )

    def __str__(self) -> str:
        return f"{self.demand_id} r{self.revision}"


class ClearanceAct(Recorded):
    """What somebody did in the clearance of a draft (核稿紀錄): of one revision, for good."""

    demand = models.ForeignKey(Demand, models.PROTECT, related_name="clearances")
    step = models.CharField(max_length=16, choices=[(one.value, one.value) for one in Step])
    outcome = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Outcome])
    revision = models.PositiveIntegerField()
    note = models.CharField(max_length=WHY_MAX, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=Q(step__in=list(Step)), name="demands_clearance_step"),
            models.CheckConstraint(
                condition=Q(outcome__in=list(Outcome)), name="demands_clearance_outcome"
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.APPROVED) | ~Q(note=""),
                name="demands_clearance_returned_with_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.demand_id} {self.step} {self.outcome}"


class Disposition(Recorded):
    """What becomes of a demand, and why (參採情形). A correction is a further row, never a change.

    The one in force has the highest number. Only that it was published is written later.
    """

    demand = models.ForeignKey(Demand, models.PROTECT, related_name="dispositions")
    number = models.PositiveSmallIntegerField()
    agency = models.ForeignKey("people.Agency", models.PROTECT, related_name="+")
    adoption = models.CharField(max_length=16, choices=_ADOPTIONS)
    reason = models.TextField()
    follow_up = models.TextField(blank=True)
    revision = models.PositiveIntegerField()
    because = models.CharField(max_length=WHY_MAX, blank=True)  # why it was corrected
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=80)
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("demand", "number"), name="demands_disposition_number"),
            models.CheckConstraint(
                condition=Q(adoption__in=list(Adoption)), name="demands_disposition_adoption"
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(decided_by="") & Q(number__gte=1),
                name="demands_disposition_whole",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(published_at__gte=F("decided_at")),
                name="demands_disposition_published_after",
            ),
            models.CheckConstraint(
                condition=Q(because="") | Q(number__gt=1, published_at__isnull=False),
                name="demands_disposition_corrects",
            ),
        )

    def __str__(self) -> str:
        return f"{self.demand_id}#{self.number} {self.adoption}"
