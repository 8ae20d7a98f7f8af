"""Campaigns of invalidation, and the mark of the network an endorsement came from."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import minben.base.models
import minben.kernel.clock


class Migration(migrations.Migration):
    dependencies = [
        ("proposals", "0006_counted_among_numbered"),
    ]

    operations = [
        migrations.AddField(
            model_name="endorsement",
            name="network",
            field=models.BinaryField(max_length=16, null=True),
        ),
        migrations.AddField(
            model_name="proposal",
            name="networks_emptied_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="Campaign",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "simulated",
                    minben.base.models.SimulatedField(
                        default=minben.kernel.clock.is_simulated, editable=False
                    ),
                ),
                ("conditions", models.JSONField()),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("automated", "automated"),
                            ("duplicate_person", "duplicate_person"),
                            ("foreign_network", "foreign_network"),
                            ("not_eligible", "not_eligible"),
                            ("other_stated", "other_stated"),
                        ],
                        max_length=24,
                    ),
                ),
                ("explanation_zh", models.CharField(max_length=1000)),
                ("explanation_en", models.CharField(blank=True, max_length=2000)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("counted", "counted"),
                            ("approved", "approved"),
                            ("running", "running"),
                            ("run", "run"),
                            ("rejected", "rejected"),
                            ("restoring", "restoring"),
                            ("restored", "restored"),
                        ],
                        max_length=10,
                    ),
                ),
                ("proposed_by", models.CharField(max_length=80)),
                ("proposed_at", models.DateTimeField()),
                ("counted_at", models.DateTimeField(null=True)),
                ("counted", models.PositiveIntegerField(null=True)),
                ("per_day", models.JSONField(default=dict)),
                ("per_county", models.JSONField(default=dict)),
                ("networks", models.JSONField(default=dict)),
                ("sample", models.JSONField(default=list)),
                ("approved_by", models.CharField(blank=True, max_length=80)),
                ("approved_at", models.DateTimeField(null=True)),
                ("begun_at", models.DateTimeField(null=True)),
                ("run_at", models.DateTimeField(null=True)),
                ("invalidated", models.PositiveIntegerField(default=0)),
                ("rejected_by", models.CharField(blank=True, max_length=80)),
                ("rejected_at", models.DateTimeField(null=True)),
                ("reject_reason", models.CharField(blank=True, max_length=1000)),
                ("restore_asked_by", models.CharField(blank=True, max_length=80)),
                ("restore_asked_at", models.DateTimeField(null=True)),
                ("restore_reason", models.CharField(blank=True, max_length=1000)),
                ("restored_by", models.CharField(blank=True, max_length=80)),
                ("restored_at", models.DateTimeField(null=True)),
                ("restored", models.PositiveIntegerField(default=0)),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campaigns",
                        to="proposals.proposal",
                    ),
                ),
            ],
            options={
                "ordering": ("-proposed_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="CampaignEndorsement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "simulated",
                    minben.base.models.SimulatedField(
                        default=minben.kernel.clock.is_simulated, editable=False
                    ),
                ),
                ("skipped_at", models.DateTimeField(null=True)),
                ("taken_at", models.DateTimeField(null=True)),
                ("restored_at", models.DateTimeField(null=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="proposals.campaign",
                    ),
                ),
                (
                    "endorsement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campaign_entries",
                        to="proposals.endorsement",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="CampaignAppeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "simulated",
                    minben.base.models.SimulatedField(
                        default=minben.kernel.clock.is_simulated, editable=False
                    ),
                ),
                ("text", models.CharField(max_length=2000)),
                ("filed_by", models.CharField(max_length=80)),
                ("filed_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("campaign_proposer", models.CharField(max_length=80)),
                ("campaign_approver", models.CharField(max_length=80)),
                ("upheld", models.BooleanField(null=True)),
                ("reason", models.CharField(blank=True, max_length=1000)),
                ("decided_by", models.CharField(blank=True, max_length=80)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeal",
                        to="proposals.campaignendorsement",
                    ),
                ),
            ],
            options={
                "ordering": ("due_at", "id"),
            },
        ),
        migrations.AddIndex(
            model_name="campaign",
            index=models.Index(fields=["state"], name="proposals_campaign_state"),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "draft",
                            "counted",
                            "approved",
                            "running",
                            "run",
                            "rejected",
                            "restoring",
                            "restored",
                        ],
                    )
                ),
                name="proposals_campaign_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "reason__in",
                        [
                            "automated",
                            "duplicate_person",
                            "foreign_network",
                            "not_eligible",
                            "other_stated",
                        ],
                    )
                ),
                name="proposals_campaign_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("explanation_zh", ""), _negated=True),
                    models.Q(("proposed_by", ""), _negated=True),
                ),
                name="proposals_campaign_explained",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("counted", None),
                        ("counted_at", None),
                        ("state__in", ["draft", "rejected"]),
                    ),
                    models.Q(
                        ("counted__isnull", False),
                        ("counted_at__isnull", False),
                        (
                            "state__in",
                            [
                                "counted",
                                "approved",
                                "running",
                                "run",
                                "restoring",
                                "restored",
                                "rejected",
                            ],
                        ),
                    ),
                    _connector="OR",
                ),
                name="proposals_campaign_counted",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                name="proposals_campaign_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("approved_at", None),
                        ("approved_by", ""),
                        ("state__in", ["draft", "counted", "rejected"]),
                    ),
                    models.Q(
                        models.Q(("approved_by", ""), _negated=True),
                        ("approved_at__isnull", False),
                        (
                            "state__in",
                            ["approved", "rejected", "running", "run", "restoring", "restored"],
                        ),
                    ),
                    _connector="OR",
                ),
                name="proposals_campaign_approved",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("begun_at__isnull", False),
                        ("state__in", ["running", "run", "restoring", "restored"]),
                    ),
                    models.Q(
                        models.Q(
                            ("state__in", ["running", "run", "restoring", "restored"]),
                            _negated=True,
                        ),
                        ("begun_at", None),
                        ("invalidated", 0),
                        ("run_at", None),
                    ),
                    _connector="OR",
                ),
                name="proposals_campaign_begun",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "run"), _negated=True),
                    ("run_at__isnull", False),
                    _connector="OR",
                ),
                name="proposals_campaign_run",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("reject_reason", ""),
                        ("rejected_at", None),
                        ("rejected_by", ""),
                        models.Q(("state", "rejected"), _negated=True),
                    ),
                    models.Q(
                        models.Q(("rejected_by", ""), _negated=True),
                        models.Q(("reject_reason", ""), _negated=True),
                        ("rejected_at__isnull", False),
                        ("state", "rejected"),
                    ),
                    _connector="OR",
                ),
                name="proposals_campaign_rejected",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("restore_asked_at", None), ("restore_asked_by", ""), ("restore_reason", "")
                    ),
                    models.Q(
                        models.Q(("restore_asked_by", ""), _negated=True),
                        models.Q(("restore_reason", ""), _negated=True),
                        ("restore_asked_at__isnull", False),
                        ("state__in", ["running", "run", "restoring", "restored"]),
                    ),
                    _connector="OR",
                ),
                name="proposals_campaign_restore_asked",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("restored_at", None),
                        ("restored_by", ""),
                        models.Q(("state__in", ["restoring", "restored"]), _negated=True),
                    ),
                    models.Q(
                        models.Q(("restored_by", ""), _negated=True),
                        models.Q(("restore_asked_by", ""), _negated=True),
                        models.Q(("restored_by", models.F("restore_asked_by")), _negated=True),
                        ("restored_at__isnull", False),
                        ("state__in", ["restoring", "restored"]),
                    ),
                    _connector="OR",
                ),
                name="proposals_campaign_restored",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("counted", None),
                    models.Q(
                        ("invalidated__lte", models.F("counted")),
                        ("restored__lte", models.F("invalidated")),
                    ),
                    _connector="OR",
                ),
                name="proposals_campaign_sums",
            ),
        ),
        migrations.AddIndex(
            model_name="campaignendorsement",
            index=models.Index(
                condition=models.Q(("skipped_at", None), ("taken_at", None)),
                fields=["campaign"],
                name="proposals_entry_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignendorsement",
            constraint=models.UniqueConstraint(
                fields=("campaign", "endorsement"), name="proposals_entry_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignendorsement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("restored_at", None), ("taken_at__isnull", False)),
                fields=("endorsement",),
                name="proposals_entry_one_holds",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignendorsement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("restored_at", None), ("taken_at__isnull", False), _connector="OR"
                ),
                name="proposals_entry_taken_first",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignendorsement",
            constraint=models.CheckConstraint(
                condition=models.Q(("skipped_at", None), ("taken_at", None), _connector="OR"),
                name="proposals_entry_or_skipped",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignappeal",
            constraint=models.CheckConstraint(
                condition=models.Q(("filed_by", ""), _negated=True),
                name="proposals_campaign_appeal_filed",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignappeal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at", None), ("decided_by", ""), ("reason", ""), ("upheld", None)
                    ),
                    models.Q(
                        models.Q(("decided_by", ""), _negated=True),
                        models.Q(("reason", ""), _negated=True),
                        ("decided_at__isnull", False),
                        ("upheld__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="proposals_campaign_appeal_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignappeal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_by", models.F("campaign_proposer")), _negated=True),
                    models.Q(("decided_by", models.F("campaign_approver")), _negated=True),
                    models.Q(("decided_by", models.F("filed_by")), _negated=True),
                ),
                name="proposals_campaign_appeal_other_person",
            ),
        ),
    ]
