"""What somebody did is found by who did it: for the copy of one's data, and for an erasing."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_what_an_erasing_empties")]

    operations = [
        migrations.AddIndex(
            model_name="event", index=models.Index(fields=["actor"], name="audit_actor")
        ),
    ]
