"""Files wait for a day between the preview of an import and the import."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import minben.base.models
import minben.kernel.clock


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0001_registry"),
    ]

    operations = [
        migrations.CreateModel(
            name="Staged",
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
                ("package", models.BinaryField()),
                ("layout", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=80)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="indicators.source",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
