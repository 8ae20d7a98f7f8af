"""Switches that stop a service, and the pulse of the platform's own work."""

import django.db.models.functions.datetime
from django.db import migrations, models

import minben.base.models
import minben.kernel.clock


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Pulse",
            fields=[
                ("work", models.CharField(max_length=40, primary_key=True, serialize=False)),
                (
                    "last_done",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Switch",
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
                    "service",
                    models.CharField(
                        choices=[
                            ("signing", "signing"),
                            ("creating", "creating"),
                            ("mail", "mail"),
                            ("read-only", "read-only"),
                        ],
                        max_length=12,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("stopped", models.BooleanField(default=False)),
                ("reason_zh", models.CharField(blank=True, max_length=300)),
                ("reason_en", models.CharField(blank=True, max_length=300)),
                ("changed_by", models.CharField(blank=True, max_length=80)),
                ("changed_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "service__in",
                                [
                                    minben.operations.rules.Service["SIGNING"],
                                    minben.operations.rules.Service["CREATING"],
                                    minben.operations.rules.Service["MAIL"],
                                    minben.operations.rules.Service["EVERYTHING"],
                                ],
                            )
                        ),
                        name="operations_switch_service",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("changed_at", None), ("changed_by", ""), ("stopped", False)),
                            models.Q(
                                models.Q(("changed_by", ""), _negated=True),
                                models.Q(("reason_zh", ""), _negated=True),
                                ("changed_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="operations_switch_changed",
                    ),
                ],
            },
        ),
    ]
