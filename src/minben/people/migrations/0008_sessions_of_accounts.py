"""Sessions know whose they are. Those there are stay good; whose they are is told at the next signing in."""

from django.conf import settings
from django.db import migrations, models

COPY = """
    INSERT INTO people_accountsession (session_key, session_data, expire_date)
    SELECT session_key, session_data, expire_date FROM django_session
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0007_numbers_as_hashes"), ("sessions", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="AccountSession",
            fields=[
                (
                    "session_key",
                    models.CharField(
                        max_length=40, primary_key=True, serialize=False, verbose_name="session key"
                    ),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=models.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "session",
                "verbose_name_plural": "sessions",
                "abstract": False,
            },
        ),
        migrations.RunSQL(COPY, migrations.RunSQL.noop),
    ]
