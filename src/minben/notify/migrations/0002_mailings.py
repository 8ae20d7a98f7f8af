"""A letter to thousands is one row with a cursor; notices know their version and their case."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import minben.base.models
import minben.kernel.clock


class Migration(migrations.Migration):
    dependencies = [("notify", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Mailing",
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
                ("fact", models.CharField(max_length=80)),
                ("version", models.PositiveIntegerField()),
                ("audience", models.CharField(max_length=60)),
                ("ref", models.BigIntegerField()),
                ("context", models.JSONField(default=dict)),
                ("case_id", models.BigIntegerField(null=True)),
                ("cursor", models.BigIntegerField(default=0)),
                ("told", models.PositiveIntegerField(default=0)),
                ("begun_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "fact", "version"), name="notify_mail_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("done_at", None), ("cancelled_at", None), _connector="OR"
                        ),
                        name="notify_mail_done_or_cancelled",
                    ),
                ],
            },
        ),
        migrations.AddField("notice", "version", models.PositiveIntegerField(db_default=1)),
        migrations.AddField("notice", "case_id", models.BigIntegerField(null=True)),
        migrations.AddField(
            "notice",
            "mailing",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="notify.mailing",
            ),
        ),
    ]
