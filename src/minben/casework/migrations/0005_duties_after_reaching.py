"""What is due after reaching besides the answer: plan, contact, reports on what is under study."""

from django.db import migrations, models

import minben.casework.rules


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0004_agencies_bring_cases"),
        ("people", "0011_deputies"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="deadline",
            name="casework_deadline_kind",
        ),
        # Choices are known to the program only: nothing changes in the database.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="deadline",
                    name="kind",
                    field=models.CharField(
                        choices=[
                            ("check", "check"),
                            ("endorse_close", "endorse_close"),
                            ("response", "response"),
                            ("appeal", "appeal"),
                            ("handling_plan", "handling_plan"),
                            ("contact", "contact"),
                            ("study_return", "study_return"),
                        ],
                        max_length=16,
                    ),
                )
            ]
        ),
        migrations.AddConstraint(
            model_name="deadline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            minben.casework.rules.DeadlineKind["CHECK"],
                            minben.casework.rules.DeadlineKind["ENDORSE_CLOSE"],
                            minben.casework.rules.DeadlineKind["RESPONSE"],
                            minben.casework.rules.DeadlineKind["APPEAL"],
                            minben.casework.rules.DeadlineKind["HANDLING_PLAN"],
                            minben.casework.rules.DeadlineKind["CONTACT"],
                            minben.casework.rules.DeadlineKind["STUDY_RETURN"],
                        ],
                    )
                ),
                name="casework_deadline_kind",
            ),
        ),
    ]
