"""What a mailing has told is found without reading the whole outbox. Built while people write."""

from django.db import migrations, models

from minben.base.large_tables import AddIndexWhileRunning


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("notify", "0002_mailings")]

    operations = [
        AddIndexWhileRunning(
            "notice",
            models.Index(
                condition=models.Q(("mailing__isnull", False)),
                fields=["mailing"],
                name="notify_of_mailing",
            ),
        ),
    ]
