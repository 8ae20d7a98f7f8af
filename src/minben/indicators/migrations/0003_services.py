"""Public services are units of their own, with the agency that runs them and whom they are between."""

from itertools import combinations

import django.db.models.deletion
from django.db import migrations, models

KINDS = ("country", "county", "agency", "aggregate", "platform", "service", "practice")
SIX = ("G2G", "G2B", "G2C", "G2E", "G2A", "G2D")
SETS = [list(some) for count in range(1, len(SIX) + 1) for some in combinations(SIX, count)]


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0002_staged_imports"),
        ("people", "0011_deputies"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="unit", name="indicators_unit_kind"),
        migrations.AddField(
            model_name="unit",
            name="agency",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.agency",
            ),
        ),
        migrations.AddField(
            model_name="unit",
            name="relations",
            field=models.JSONField(db_default=[], default=list),
        ),
        # Choices are the forms' and no column's: nothing of the table changes.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="unit",
                    name="kind",
                    field=models.CharField(choices=[(one, one) for one in KINDS], max_length=9),
                )
            ]
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(kind__in=list(KINDS)), name="indicators_unit_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(kind="service", agency__isnull=False, relations__in=SETS)
                | models.Q(~models.Q(kind="service"), agency=None, relations=[]),
                name="indicators_unit_service",
            ),
        ),
    ]
