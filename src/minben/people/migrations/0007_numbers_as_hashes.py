"""Numbers that are bound already are kept as keyed hashes too; nothing leads back to them.

The key is that of the running installation, so its secret must be the one it runs with.
"""

from django.db import migrations

from minben.people.numbers import digest_of


def hash_numbers(apps, schema_editor):
    rows = apps.get_model("people", "BoundNumber").objects.filter(digest__startswith="+")
    for pk, number in rows.values_list("pk", "digest").iterator():
        rows.filter(pk=pk).update(digest=digest_of(number))


class Migration(migrations.Migration):
    dependencies = [("people", "0006_closing_accounts")]
    operations = [migrations.RunPython(hash_numbers, migrations.RunPython.noop)]
