"""What the platform last claimed to have counted, as it is published."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_append_only")]
    operations = [
        migrations.CreateModel(
            name="Claimed",
            fields=[
                ("only", models.BooleanField(default=True, primary_key=True, serialize=False)),
                ("size", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("told", models.TextField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("only", True)), name="ledger_one_claimed"
                    )
                ],
            },
        ),
    ]
