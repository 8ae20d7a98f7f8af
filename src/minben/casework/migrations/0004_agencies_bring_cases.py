"""Cases an agency brings itself have a subject of their own; older ones are all of proposals."""

from django.db import migrations, models

import minben.casework.rules


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0003_extensions"),
        ("people", "0011_deputies"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="origin",
            field=models.CharField(
                choices=[("proposal", "proposal"), ("agency", "agency")],
                db_default="proposal",
                default="proposal",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="subject",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("origin", minben.casework.rules.CaseOrigin["PROPOSAL"]), ("subject", "")
                    ),
                    models.Q(
                        ("origin", minben.casework.rules.CaseOrigin["AGENCY"]),
                        models.Q(("subject", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="casework_case_subject",
            ),
        ),
    ]
