"""Accounts can be closed: who asked for it, empty shells, and numbers kept as hashes.

A hash is longer than a number, so the column is widened and named for what it holds.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

import minben.base.models
import minben.kernel.clock


class Migration(migrations.Migration):
    dependencies = [("people", "0005_secrets_of_their_own")]

    operations = [
        migrations.AddField(
            model_name="user", name="erased_at", field=models.DateTimeField(null=True)
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=Q(erased_at=None)
                | Q(
                    confirmed_by="",
                    county="",
                    email_verified_at=None,
                    is_active=False,
                    is_official=False,
                    ledger_secret=None,
                    nickname="",
                    phone=None,
                    residency="",
                    township="",
                ),
                name="people_user_erased_is_empty",
            ),
        ),
        migrations.RenameField(model_name="boundnumber", old_name="phone", new_name="digest"),
        migrations.AlterField(
            model_name="boundnumber",
            name="digest",
            field=models.CharField(max_length=64, unique=True),
        ),
        migrations.AddField(
            model_name="boundnumber", name="release_at", field=models.DateTimeField(null=True)
        ),
        migrations.AddIndex(
            model_name="boundnumber",
            index=models.Index(
                condition=Q(release_at__isnull=False),
                fields=["release_at"],
                name="people_number_release",
            ),
        ),
        migrations.CreateModel(
            name="Closing",
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
                ("keep_comments", models.BooleanField()),
                ("asked_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="closing",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(due_at__gt=F("asked_at")), name="people_closing_waits"
                    )
                ],
            },
        ),
    ]
