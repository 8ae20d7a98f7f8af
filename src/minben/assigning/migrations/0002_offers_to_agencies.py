"""Agencies are asked whether they are responsible, and what they answer is kept."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import minben.base.models
import minben.kernel.clock


class Migration(migrations.Migration):
    dependencies = [
        ("assigning", "0001_initial"),
        ("casework", "0004_agencies_bring_cases"),
        ("people", "0011_deputies"),
    ]

    operations = [
        migrations.CreateModel(
            name="Offer",
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
                (
                    "role",
                    models.CharField(
                        choices=[("lead", "lead"), ("assist", "assist")], max_length=6
                    ),
                ),
                ("offered_at", models.DateTimeField()),
                ("offered_by", models.CharField(max_length=80)),
                ("forced", models.BooleanField(default=False)),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("accepted", "accepted"),
                            ("disputed", "disputed"),
                            ("withdrawn", "withdrawn"),
                            ("decided", "decided"),
                        ],
                        default="open",
                        max_length=9,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by", models.CharField(blank=True, max_length=80)),
                ("escalated_at", models.DateTimeField(null=True)),
                ("escalated_by", models.CharField(blank=True, max_length=80)),
                ("decision", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by", models.CharField(blank=True, max_length=80)),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "after",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="passed_on",
                        to="assigning.offer",
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.agency",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="casework.case",
                    ),
                ),
                (
                    "proposed",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.agency",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "lead",
                                    "assist",
                                ],
                            )
                        ),
                        name="assigning_offer_role",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", "open"),
                                ("answered_at", None),
                                ("decided_at", None),
                                ("settled_at", None),
                            ),
                            models.Q(
                                ("answer", "accepted"),
                                ("answered_at__isnull", False),
                                ("decided_at", None),
                                ("settled_at__isnull", False),
                            ),
                            models.Q(
                                models.Q(("reason", ""), _negated=True),
                                ("answer", "disputed"),
                                ("answered_at__isnull", False),
                                ("decided_at", None),
                            ),
                            models.Q(
                                ("answer", "withdrawn"),
                                ("answered_at", None),
                                ("decided_at", None),
                                ("settled_at__isnull", False),
                            ),
                            models.Q(
                                ("answer", "decided"),
                                ("decided_at__isnull", False),
                                ("settled_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="assigning_offer_answer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("answered_by", "")),
                            models.Q(
                                models.Q(("answered_by", ""), _negated=True),
                                ("answered_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="assigning_offer_answered_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("escalated_at", None), ("escalated_by", "")),
                            models.Q(
                                models.Q(("escalated_by", ""), _negated=True),
                                ("escalated_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="assigning_offer_escalated_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", ""), ("decision", "")),
                            models.Q(
                                models.Q(("decided_by", ""), _negated=True),
                                models.Q(("decision", ""), _negated=True),
                                ("decided_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="assigning_offer_decided_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reason", ""), ("answered_at__isnull", False), _connector="OR"
                        ),
                        name="assigning_offer_reason_answered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("proposed", None),
                            models.Q(
                                models.Q(("reason", ""), _negated=True),
                                models.Q(("proposed", models.F("agency")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="assigning_offer_proposed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("forced", False),
                            ("answer", "decided"),
                            _connector="OR",
                        ),
                        name="assigning_offer_forced",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("offered_by", ""), _negated=True),
                        name="assigning_offer_offered_by",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("settled_at", None)),
                        fields=("case", "agency"),
                        name="assigning_offer_one_unsettled",
                    ),
                ],
            },
        ),
    ]
