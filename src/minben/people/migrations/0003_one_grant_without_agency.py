"""A role without an agency is held once at a time, like one with an agency."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_numbers_stay_bound"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.UniqueConstraint(
                condition=models.Q(("agency", None), ("until", None)),
                fields=("user", "role"),
                name="people_grant_once_everywhere",
            ),
        ),
    ]
