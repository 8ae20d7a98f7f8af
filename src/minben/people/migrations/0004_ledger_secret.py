"""A secret of each person's own, from which their tags in the public ledger are made."""

from django.db import migrations, models

import minben.people.models


class Migration(migrations.Migration):
    dependencies = [("people", "0003_one_grant_without_agency")]

    operations = [
        # Without a default first: it would give everybody the same one.
        migrations.AddField(
            model_name="user",
            name="ledger_secret",
            field=models.BinaryField(max_length=32, null=True),
        ),
        migrations.AlterField(
            model_name="user",
            name="ledger_secret",
            field=models.BinaryField(
                default=minben.people.models.new_secret, max_length=32, null=True
            ),
        ),
    ]
