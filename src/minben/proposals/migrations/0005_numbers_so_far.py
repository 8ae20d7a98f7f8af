"""What was endorsed before has its numbers already, and its letters were sent."""

from django.db import migrations
from django.db.models import F


def take_over(apps, schema_editor):
    proposals = apps.get_model("proposals", "Proposal").objects.all()
    proposals.update(numbered=F("endorsed"), confirmed=F("endorsed"))


class Migration(migrations.Migration):
    dependencies = [("proposals", "0004_counted_by_the_ledger")]
    operations = [migrations.RunPython(take_over, migrations.RunPython.noop)]
