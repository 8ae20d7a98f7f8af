"""A worker holds what it sends for some minutes, and notes when the mail server got it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notify", "0003_notices_of_a_mailing")]

    operations = [
        migrations.AddField("notice", "lease", models.CharField(max_length=32, null=True)),
        migrations.AddField("notice", "leased_until", models.DateTimeField(null=True)),
        migrations.AddField("notice", "handed_at", models.DateTimeField(null=True)),
    ]
