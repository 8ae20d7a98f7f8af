"""The first tables of this module."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import minben.base.models
import minben.kernel.clock
import minben.proposals.rules


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("casework", "0001_initial"),
        ("discussion", "0001_initial"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
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
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=200)),
                ("content", models.TextField(blank=True)),
                ("benefits", models.TextField(blank=True)),
                ("evidence", models.JSONField(default=dict)),
                ("topic", models.CharField(blank=True, max_length=20)),
                ("agency_ids", models.JSONField(default=list)),
                ("agencies_chosen", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
                ("saved_at", models.DateTimeField()),
                ("codraft_from", models.DateTimeField(null=True)),
                ("codraft_until", models.DateTimeField(null=True)),
                ("history", models.JSONField(default=list)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.jurisdiction",
                    ),
                ),
                (
                    "thread",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="discussion.thread",
                    ),
                ),
            ],
            options={
                "ordering": ("-saved_at",),
            },
        ),
        migrations.CreateModel(
            name="Proposal",
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
                ("proposer_name", models.CharField(blank=True, max_length=60)),
                ("county", models.CharField(blank=True, max_length=12)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("checking", "checking"),
                            ("hidden", "hidden"),
                            ("endorsing", "endorsing"),
                            ("reached", "reached"),
                            ("answered", "answered"),
                            ("lapsed", "lapsed"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=10,
                    ),
                ),
                ("subject", models.CharField(max_length=200)),
                ("content", models.TextField()),
                ("benefits", models.TextField(blank=True)),
                ("evidence", models.JSONField(default=dict)),
                ("topic", models.CharField(default="other", max_length=20)),
                ("threshold", models.PositiveIntegerField()),
                ("endorsed", models.PositiveIntegerField(default=0)),
                ("filed_at", models.DateTimeField()),
                ("opens_at", models.DateTimeField(null=True)),
                ("closes_at", models.DateTimeField(null=True)),
                ("reached_at", models.DateTimeField(null=True)),
                ("response_due_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("adoption", models.CharField(blank=True, max_length=16)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdraw_reason", models.CharField(blank=True, max_length=1000)),
                ("archive_id", models.CharField(max_length=40, null=True, unique=True)),
                ("archive_digest", models.CharField(blank=True, max_length=64)),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposal",
                        to="casework.case",
                    ),
                ),
                (
                    "codrafting",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="proposals.draft",
                    ),
                ),
                (
                    "proposer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "thread",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, to="discussion.thread"
                    ),
                ),
            ],
            options={
                "ordering": ("-filed_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Gram",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("gram", models.CharField(max_length=4)),
                ("in_subject", models.BooleanField()),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="grams",
                        to="proposals.proposal",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Endorsement",
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
                ("archive_number", models.PositiveIntegerField(null=True)),
                ("at", models.DateTimeField()),
                ("number", models.PositiveIntegerField()),
                ("nickname", models.CharField(blank=True, max_length=20)),
                ("county", models.CharField(blank=True, max_length=12)),
                ("township", models.CharField(blank=True, max_length=12)),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="endorsements",
                        to="proposals.proposal",
                    ),
                ),
            ],
            options={
                "ordering": ("-number",),
            },
        ),
        migrations.CreateModel(
            name="CurvePoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("total", models.PositiveIntegerField()),
                (
                    "proposal",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="curve",
                        to="proposals.proposal",
                    ),
                ),
            ],
            options={
                "ordering": ("day",),
            },
        ),
        migrations.CreateModel(
            name="Check",
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
                ("locked_until", models.DateTimeField(null=True)),
                ("accepted", models.BooleanField(null=True)),
                ("ground", models.CharField(blank=True, max_length=24)),
                ("reason", models.CharField(blank=True, max_length=1000)),
                ("withheld", models.BooleanField(default=False)),
                ("decided_by", models.CharField(blank=True, max_length=80)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "locked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "merge_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="proposals.proposal",
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="check_record",
                        to="proposals.proposal",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Appeal",
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
                ("filed_at", models.DateTimeField()),
                ("hidden_by", models.CharField(max_length=80)),
                ("upheld", models.BooleanField(null=True)),
                ("reason", models.CharField(blank=True, max_length=1000)),
                ("decided_by", models.CharField(blank=True, max_length=80)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appeal",
                        to="proposals.proposal",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("codraft_from", None), ("codraft_until", None)),
                    ("codraft_until__gt", models.F("codraft_from")),
                    _connector="OR",
                ),
                name="proposals_draft_codraft_pair",
            ),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(fields=["state", "-filed_at"], name="proposals_state_filed"),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(fields=["state", "closes_at"], name="proposals_state_closes"),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(fields=["-endorsed"], name="proposals_endorsed"),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(fields=["topic"], name="proposals_topic"),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(fields=["county"], name="proposals_county"),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            minben.proposals.rules.State["CHECKING"],
                            minben.proposals.rules.State["HIDDEN"],
                            minben.proposals.rules.State["ENDORSING"],
                            minben.proposals.rules.State["REACHED"],
                            minben.proposals.rules.State["ANSWERED"],
                            minben.proposals.rules.State["LAPSED"],
                            minben.proposals.rules.State["WITHDRAWN"],
                        ],
                    )
                ),
                name="proposals_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["checking", "hidden", "withdrawn"]),
                    models.Q(("closes_at__isnull", False), ("opens_at__isnull", False)),
                    _connector="OR",
                ),
                name="proposals_window_once_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("opens_at", None), ("closes_at__gt", models.F("opens_at")), _connector="OR"
                ),
                name="proposals_window",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reached_at__isnull", False), ("state__in", ["reached", "answered"])),
                    models.Q(
                        models.Q(("state__in", ["reached", "answered"]), _negated=True),
                        ("reached_at", None),
                    ),
                    _connector="OR",
                ),
                name="proposals_reached_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "withdrawn"), ("withdrawn_at__isnull", False)),
                    models.Q(
                        models.Q(("state", "withdrawn"), _negated=True),
                        ("withdraw_reason", ""),
                        ("withdrawn_at", None),
                    ),
                    _connector="OR",
                ),
                name="proposals_withdrawn_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("answered_at", None), ("state", "answered"), _connector="OR"),
                name="proposals_answered",
            ),
        ),
        migrations.AddConstraint(
            model_name="gram",
            constraint=models.UniqueConstraint(
                fields=("gram", "in_subject", "proposal"), name="proposals_gram_once"
            ),
        ),
        migrations.AddIndex(
            model_name="endorsement",
            index=models.Index(fields=["proposal", "at"], name="proposals_endorse_at"),
        ),
        migrations.AddConstraint(
            model_name="endorsement",
            constraint=models.UniqueConstraint(
                fields=("proposal", "person"), name="proposals_endorse_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="endorsement",
            constraint=models.UniqueConstraint(
                fields=("proposal", "number"), name="proposals_endorse_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="endorsement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("archive_number__isnull", False), ("person", None)),
                    models.Q(("archive_number", None), ("person__isnull", False)),
                    _connector="OR",
                ),
                name="proposals_endorse_person_or_archive",
            ),
        ),
        migrations.AddConstraint(
            model_name="curvepoint",
            constraint=models.UniqueConstraint(
                fields=("proposal", "day"), name="proposals_curve_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="check",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("accepted", None), ("decided_at", None), ("decided_by", "")),
                    models.Q(
                        models.Q(("decided_by", ""), _negated=True),
                        ("accepted__isnull", False),
                        ("decided_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="proposals_check_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="check",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("accepted", False), _negated=True),
                    models.Q(
                        models.Q(("ground", ""), _negated=True),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="proposals_check_hidden_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="check",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("locked_by", None), ("locked_until__isnull", False), _connector="OR"
                ),
                name="proposals_check_lock_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
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
                name="proposals_appeal_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(("decided_by", models.F("hidden_by")), _negated=True),
                name="proposals_appeal_other_person",
            ),
        ),
    ]
