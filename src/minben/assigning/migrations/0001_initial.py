"""The past cases suggestions rest on, derived from the cases; the tick fills them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("casework", "0002_foreign_keys"),
        ("people", "0008_sessions_of_accounts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Precedent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("leads", models.JSONField()),
                ("assists", models.JSONField(default=list)),
                ("ticked", models.JSONField(null=True)),
                ("since", models.DateField()),
                ("archived", models.BooleanField()),
                ("norm", models.PositiveIntegerField()),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="casework.case",
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.jurisdiction",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PrecedentGram",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("gram", models.CharField(max_length=4)),
                ("weight", models.PositiveIntegerField()),
                (
                    "precedent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="grams",
                        to="assigning.precedent",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("gram", "precedent"), name="assigning_gram_once"
                    )
                ],
            },
        ),
    ]
