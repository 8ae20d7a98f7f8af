"""Everybody who has an account already gets a secret too."""

import secrets

from django.db import migrations


def give_secrets(apps, schema_editor):
    users = apps.get_model("people", "User").objects.filter(ledger_secret=None)
    for pk in users.values_list("pk", flat=True).iterator():
        users.filter(pk=pk).update(ledger_secret=secrets.token_bytes(32))


class Migration(migrations.Migration):
    dependencies = [("people", "0004_ledger_secret")]
    operations = [migrations.RunPython(give_secrets, migrations.RunPython.noop)]
