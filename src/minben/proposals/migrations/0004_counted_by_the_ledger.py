"""A request only inserts an endorsement; its number comes from the order of the ledger."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0002_foreign_keys"),
        ("discussion", "0002_foreign_keys"),
        ("proposals", "0003_no_half_windows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="endorsement",
            name="invalidated_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="endorsement",
            name="leaf_index",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="endorsement",
            name="salt",
            field=models.BinaryField(max_length=32, null=True),
        ),
        migrations.AddField(
            model_name="proposal",
            name="confirmed",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="proposal",
            name="numbered",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="endorsement",
            name="number",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddIndex(
            model_name="endorsement",
            index=models.Index(
                condition=models.Q(("invalidated_at__isnull", False)),
                fields=["proposal"],
                name="proposals_endorse_invalid",
            ),
        ),
    ]
