"""What runs already is reminded of as well. What came overdue before, or from an archive, is not."""

from typing import Any

from django.db import migrations
from django.db.models import F
from django.db.models.functions import Now


def set_marks(apps: Any, schema_editor: Any) -> None:
    running = apps.get_model("casework", "Deadline").objects.filter(
        outcome="open", agency__isnull=False, due_at__gt=Now()
    )
    running.update(remind_at=F("starts_at"))


class Migration(migrations.Migration):
    dependencies = [("casework", "0006_reminders")]

    operations = [migrations.RunPython(set_marks, migrations.RunPython.noop)]
