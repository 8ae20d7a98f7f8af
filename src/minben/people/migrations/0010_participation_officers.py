"""Participation officers (開放政府聯絡人) hold their role in an agency, as officers and leads do."""

from django.db import migrations, models

ROLES = ["checker", "officer", "lead", "administrator", "clerk", "participation"]
OF_AGENCY = ["lead", "officer", "participation"]


class Migration(migrations.Migration):
    dependencies = [("people", "0009_agencies_end_and_change")]
    operations = [
        # What a column may hold is in the constraints below; the choices are words for forms.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="rolegrant",
                    name="role",
                    field=models.CharField(choices=[(role, role) for role in ROLES], max_length=16),
                )
            ]
        ),
        migrations.RemoveConstraint(model_name="rolegrant", name="people_grant_role"),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ROLES)), name="people_grant_role"
            ),
        ),
        migrations.RemoveConstraint(model_name="rolegrant", name="people_grant_agency"),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agency__isnull", False), ("role__in", OF_AGENCY)),
                    models.Q(models.Q(("role__in", OF_AGENCY), _negated=True), ("agency", None)),
                    _connector="OR",
                ),
                name="people_grant_agency",
            ),
        ),
    ]
