from django.db import migrations, models


class Migration(migrations.Migration):
    """Room for places abroad and for the longer reasons that archives hold."""

    dependencies = [("proposals", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="endorsement",
            name="township",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AlterField(
            model_name="endorsement",
            name="reason",
            field=models.CharField(blank=True, max_length=1000),
        ),
    ]
