"""How people want letters, which addresses return them, and which notices one letter tells."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import minben.base.models
import minben.kernel.clock


class Migration(migrations.Migration):
    dependencies = [
        ("notify", "0005_stopped_cases"),
    ]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="digest",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="notify.notice",
            ),
        ),
        migrations.CreateModel(
            name="ReturnedAddress",
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
                ("address", models.CharField(max_length=254, unique=True)),
                ("permanent_days", models.PositiveSmallIntegerField(default=0)),
                ("last_day", models.DateField(null=True)),
                ("temporary", models.PositiveIntegerField(default=0)),
                ("status", models.CharField(max_length=12)),
                ("at", models.DateTimeField()),
                ("stopped_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("last_day", None), ("permanent_days", 0)),
                            models.Q(("last_day__isnull", False), ("permanent_days__gt", 0)),
                            _connector="OR",
                        ),
                        name="notify_returned_days",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stopped_at", None), ("permanent_days__gt", 0), _connector="OR"
                        ),
                        name="notify_returned_stopped",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Wish",
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
                ("recipient", models.CharField(max_length=80, unique=True)),
                ("daily", models.BooleanField(default=False)),
                ("quiet_from", models.PositiveSmallIntegerField(null=True)),
                ("quiet_until", models.PositiveSmallIntegerField(null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("quiet_from", None), ("quiet_until", None)),
                            models.Q(
                                models.Q(("quiet_from", models.F("quiet_until")), _negated=True),
                                ("quiet_from__isnull", False),
                                ("quiet_from__lte", 23),
                                ("quiet_until__isnull", False),
                                ("quiet_until__lte", 23),
                            ),
                            _connector="OR",
                        ),
                        name="notify_wish_hours",
                    )
                ],
            },
        ),
    ]
