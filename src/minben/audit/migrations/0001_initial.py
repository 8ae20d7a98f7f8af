"""The first tables of this module."""

import django.db.models.functions.datetime
from django.db import migrations, models

import minben.base.models
import minben.kernel.clock


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Event",
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
                ("kind", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                ("actor", models.CharField(max_length=80)),
                ("actor_label", models.CharField(blank=True, max_length=120)),
                ("subject", models.CharField(max_length=80)),
                ("case_id", models.BigIntegerField(null=True)),
                ("data", models.JSONField(default=dict)),
                ("private", models.JSONField(default=dict)),
            ],
            options={
                "ordering": ("at", "id"),
                "indexes": [
                    models.Index(fields=["case_id", "at"], name="audit_case_at"),
                    models.Index(fields=["subject"], name="audit_subject"),
                    models.Index(fields=["kind", "at"], name="audit_kind_at"),
                ],
            },
        ),
    ]
