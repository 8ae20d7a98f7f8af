"""Agencies are reminded of what they owe; each mark of each due date once."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import minben.base.models
import minben.kernel.clock


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0005_duties_after_reaching"),
        ("people", "0011_deputies"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reminder",
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
                ("mark", models.SmallIntegerField()),
                ("due_at", models.DateTimeField()),
                ("fired_at", models.DateTimeField()),
                ("told", models.PositiveSmallIntegerField()),
            ],
            options={
                "ordering": ("fired_at", "id"),
            },
        ),
        migrations.AddField(
            model_name="deadline",
            name="remind_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="deadline",
            index=models.Index(
                condition=models.Q(("outcome", "open"), ("remind_at__isnull", False)),
                fields=["remind_at"],
                name="casework_remind_due",
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="deadline",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reminders",
                to="casework.deadline",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.CheckConstraint(
                condition=models.Q(("mark__lte", 30)), name="casework_reminder_mark"
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(
                fields=("deadline", "mark", "due_at"), name="casework_reminder_once"
            ),
        ),
    ]
