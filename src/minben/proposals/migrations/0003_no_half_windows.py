"""A window has both ends or none, and an adoption is one of those there are."""

from django.conf import settings
from django.db import migrations, models

import minben.casework.rules


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0002_foreign_keys"),
        ("discussion", "0002_foreign_keys"),
        ("people", "0002_numbers_stay_bound"),
        ("proposals", "0002_archived_wording"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="draft",
            name="proposals_draft_codraft_pair",
        ),
        migrations.RemoveConstraint(
            model_name="proposal",
            name="proposals_window",
        ),
        migrations.AlterField(
            model_name="proposal",
            name="adoption",
            field=models.CharField(
                blank=True,
                choices=[
                    ("under_study", "under_study"),
                    ("adopted", "adopted"),
                    ("partly_adopted", "partly_adopted"),
                    ("not_adopted", "not_adopted"),
                ],
                max_length=16,
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("codraft_from", None), ("codraft_until", None)),
                    models.Q(
                        ("codraft_from__isnull", False),
                        ("codraft_until__gt", models.F("codraft_from")),
                        ("codraft_until__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="proposals_draft_codraft_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closes_at", None), ("opens_at", None)),
                    models.Q(
                        ("closes_at__gt", models.F("opens_at")),
                        ("closes_at__isnull", False),
                        ("opens_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="proposals_window",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "adoption__in",
                        [
                            "",
                            minben.casework.rules.Adoption["UNDER_STUDY"],
                            minben.casework.rules.Adoption["ADOPTED"],
                            minben.casework.rules.Adoption["PARTLY_ADOPTED"],
                            minben.casework.rules.Adoption["NOT_ADOPTED"],
                        ],
                    )
                ),
                name="proposals_adoption",
            ),
        ),
    ]
