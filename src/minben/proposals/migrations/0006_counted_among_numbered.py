"""What was counted stands among what was numbered, now that old rows say so."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("proposals", "0005_numbers_so_far")]

    operations = [
        migrations.AddConstraint(
            model_name="endorsement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("number__isnull", False),
                    models.Q(("invalidated_at", None), ("leaf_index", None)),
                    _connector="OR",
                ),
                name="proposals_endorse_counted_first",
            ),
        ),
        migrations.AddConstraint(
            model_name="endorsement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("number__isnull", False), ("person__isnull", False), _connector="OR"
                ),
                name="proposals_endorse_archived_are_counted",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed__lte", models.F("numbered")),
                    ("endorsed__lte", models.F("numbered")),
                ),
                name="proposals_counted_among_numbered",
            ),
        ),
    ]
