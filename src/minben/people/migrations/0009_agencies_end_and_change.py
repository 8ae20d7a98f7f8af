"""Agencies end with a successor, and have official codes, mailboxes and kinds."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0008_sessions_of_accounts")]
    operations = [
        migrations.AddField(
            model_name="agency",
            name="kind",
            field=models.CharField(
                choices=[("agency", "agency"), ("unit", "unit"), ("board", "board")],
                db_default="agency",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="agency",
            name="mailbox",
            field=models.CharField(blank=True, db_default="", max_length=254),
        ),
        migrations.AddField(
            model_name="agency",
            name="official_code",
            field=models.CharField(blank=True, db_default="", max_length=30),
        ),
        migrations.AddField(
            model_name="agency",
            name="successor",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.agency",
            ),
        ),
        migrations.AddConstraint(
            model_name="agency",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["agency", "unit", "board"])),
                name="people_agency_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="agency",
            constraint=models.UniqueConstraint(
                condition=models.Q(("official_code", ""), _negated=True),
                fields=("jurisdiction", "official_code"),
                name="people_agency_official_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="agency",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("successor", None), ("valid_until__isnull", False), _connector="OR"
                ),
                name="people_agency_succeeded",
            ),
        ),
    ]
