from django.db import models
from django.db.models import F, Q

from minben.base.models import Recorded
from minben.proposals.invalidation import FROZEN, REASONS, CampaignState
from minben.proposals.models.endorsement import Endorsement
from minben.proposals.models.proposal import Proposal

_S = CampaignState
_BEGUN = [_S.RUNNING, _S.RUN, _S.RESTORING, _S.RESTORED]
_FROZEN = [state for state in _S if state in FROZEN]
_TAKEN_BACK = [_S.RESTORING, _S.RESTORED]


class Campaign(Recorded):
    """Looking into the endorsements of a proposal, and not counting some of them (附議查核).

    What it covers is fixed when it is counted: later endorsements are never part of it.
    """

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="campaigns")
    conditions = models.JSONField()  # minben.proposals.conditions.Conditions.as_json
    reason = models.CharField(max_length=24, choices=[(one.code, one.code) for one in REASONS])
    explanation_zh = models.CharField(max_length=1000)
    explanation_en = models.CharField(max_length=2000, blank=True)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in CampaignState])
    proposed_by = models.CharField(max_length=80)
    proposed_at = models.DateTimeField()
    counted_at = models.DateTimeField(null=True)
    counted = models.PositiveIntegerField(null=True)
    per_day = models.JSONField(default=dict)  # {"2026-03-05": 12}, days of Taiwan
    per_county = models.JSONField(default=dict)  # {"臺北市": 12}
    networks = models.JSONField(default=dict)  # minben.proposals.queries.dry_run.DryRun.networks
    sample = models.JSONField(default=list)  # ids of endorsements, evenly spread
    approved_by = models.CharField(max_length=80, blank=True)
    approved_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True)
    run_at = models.DateTimeField(null=True)
    invalidated = models.PositiveIntegerField(default=0)
    rejected_by = models.CharField(max_length=80, blank=True)
    rejected_at = models.DateTimeField(null=True)
    reject_reason = models.CharField(max_length=1000, blank=True)
    restore_asked_by = models.CharField(max_length=80, blank=True)
    restore_asked_at = models.DateTimeField(null=True)
    restore_reason = models.CharField(max_length=1000, blank=True)
    restored_by = models.CharField(max_length=80, blank=True)
    restored_at = models.DateTimeField(null=True)
    restored = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-proposed_at", "-id")
        indexes = (models.Index(fields=("state",), name="proposals_campaign_state"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=list(CampaignState)), name="proposals_campaign_state"
            ),
            models.CheckConstraint(
                condition=Q(reason__in=[one.code for one in REASONS]),
                name="proposals_campaign_reason",
            ),
            models.CheckConstraint(
                condition=~Q(explanation_zh="") & ~Q(proposed_by=""),
                name="proposals_campaign_explained",
            ),
            models.CheckConstraint(
                condition=Q(counted_at=None, counted=None, state__in=[_S.DRAFT, _S.REJECTED])
                | Q(
                    counted_at__isnull=False,
                    counted__isnull=False,
                    state__in=[*_FROZEN, _S.REJECTED],
                ),
                name="proposals_campaign_counted",
            ),
            models.CheckConstraint(
                condition=~Q(approved_by=F("proposed_by")), name="proposals_campaign_two_people"
            ),
            models.CheckConstraint(
                condition=Q(
                    approved_by="",
                    approved_at=None,
                    state__in=[_S.DRAFT, _S.COUNTED, _S.REJECTED],
                )
                | Q(
                    ~Q(approved_by=""),
                    approved_at__isnull=False,
                    state__in=[_S.APPROVED, _S.REJECTED, *_BEGUN],
                ),
                name="proposals_campaign_approved",
            ),
            models.CheckConstraint(
                condition=Q(begun_at__isnull=False, state__in=_BEGUN)
                | Q(~Q(state__in=_BEGUN), begun_at=None, run_at=None, invalidated=0),
                name="proposals_campaign_begun",
            ),
            models.CheckConstraint(
                condition=~Q(state=_S.RUN) | Q(run_at__isnull=False), name="proposals_campaign_run"
            ),
            models.CheckConstraint(
                condition=Q(rejected_by="", rejected_at=None, reject_reason="")
                & ~Q(state=_S.REJECTED)
                | Q(
                    ~Q(rejected_by=""),
                    ~Q(reject_reason=""),
                    rejected_at__isnull=False,
                    state=_S.REJECTED,
                ),
                name="proposals_campaign_rejected",
            ),
            models.CheckConstraint(
                condition=Q(restore_asked_by="", restore_asked_at=None, restore_reason="")
                | Q(
                    ~Q(restore_asked_by=""),
                    ~Q(restore_reason=""),
                    restore_asked_at__isnull=False,
                    state__in=_BEGUN,
                ),
                name="proposals_campaign_restore_asked",
            ),
            models.CheckConstraint(
                condition=Q(restored_by="", restored_at=None) & ~Q(state__in=_TAKEN_BACK)
                | Q(
                    ~Q(restored_by=""),
                    ~Q(restore_asked_by=""),
                    ~Q(restored_by=F("restore_asked_by")),
                    restored_at__isnull=False,
                    state__in=_TAKEN_BACK,
                ),
                name="proposals_campaign_restored",
            ),
            models.CheckConstraint(
                condition=Q(counted=None)
                | Q(invalidated__lte=F("counted"), restored__lte=F("invalidated")),
                name="proposals_campaign_sums",
            ),
        )

    def __str__(self) -> str:
        return f"{self.reason} of {self.proposal_id}"

    @property
    def standing(self) -> int:
        """How many endorsements it keeps from being counted now."""
        return self.invalidated - self.restored


class CampaignEndorsement(Recorded):
    """One endorsement a campaign covers: counted, then taken out, perhaps put back.

    Of several campaigns only one holds an endorsement at a time, so every invalidation has
    exactly one ground, and nothing is taken off the count twice.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="entries", db_index=False)
    endorsement = models.ForeignKey(Endorsement, models.PROTECT, related_name="campaign_entries")
    skipped_at = models.DateTimeField(null=True)  # it was not valid any more
    taken_at = models.DateTimeField(null=True)
    restored_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        indexes = (
            models.Index(
                fields=("campaign",),
                condition=Q(taken_at=None, skipped_at=None),
                name="proposals_entry_waiting",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("campaign", "endorsement"), name="proposals_entry_once"
            ),
            models.UniqueConstraint(
                fields=("endorsement",),
                condition=Q(taken_at__isnull=False, restored_at=None),
                name="proposals_entry_one_holds",
            ),
            models.CheckConstraint(
                condition=Q(restored_at=None) | Q(taken_at__isnull=False),
                name="proposals_entry_taken_first",
            ),
            models.CheckConstraint(
                condition=Q(skipped_at=None) | Q(taken_at=None), name="proposals_entry_or_skipped"
            ),
        )

    def __str__(self) -> str:
        return f"{self.endorsement_id} in {self.campaign_id}"


class CampaignAppeal(Recorded):
    """An endorser's appeal against the invalidation of their own endorsement (附議申覆)."""

    entry = models.OneToOneField(CampaignEndorsement, models.PROTECT, related_name="appeal")
    text = models.CharField(max_length=2000)
    filed_by = models.CharField(max_length=80)
    filed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    campaign_proposer = models.CharField(max_length=80)
    campaign_approver = models.CharField(max_length=80)
    upheld = models.BooleanField(null=True)
    reason = models.CharField(max_length=1000, blank=True)
    decided_by = models.CharField(max_length=80, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("due_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=~Q(filed_by=""), name="proposals_campaign_appeal_filed"
            ),
            models.CheckConstraint(
                condition=Q(upheld=None, decided_at=None, decided_by="", reason="")
                | Q(
                    ~Q(decided_by=""),
                    ~Q(reason=""),
                    upheld__isnull=False,
                    decided_at__isnull=False,
                ),
                name="proposals_campaign_appeal_decided",
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=F("campaign_proposer"))
                & ~Q(decided_by=F("campaign_approver"))
                & ~Q(decided_by=F("filed_by")),
                name="proposals_campaign_appeal_other_person",
            ),
        )

    def __str__(self) -> str:
        return f"appeal of {self.entry_id}"
