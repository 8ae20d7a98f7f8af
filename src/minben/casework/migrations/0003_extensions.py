"""Extensions of the time for an answer; the database itself keeps them as they were filed.

On SQLite only changes are refused, because emptying tables between tests deletes rows there;
PostgreSQL, the production database, refuses both.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import minben.base.models
import minben.kernel.clock

SQLITE = """
CREATE TRIGGER casework_extension_no_update BEFORE UPDATE ON casework_extension
BEGIN SELECT RAISE(ABORT, 'an extension is never changed'); END
"""
POSTGRESQL = """
CREATE FUNCTION casework_extension_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'an extension is never changed'; END $$;
CREATE TRIGGER casework_extension_append_only BEFORE UPDATE OR DELETE ON casework_extension
FOR EACH ROW EXECUTE FUNCTION casework_extension_refuse();
"""
UNDO = {
    "sqlite": "DROP TRIGGER casework_extension_no_update",
    "postgresql": "DROP TRIGGER casework_extension_append_only ON casework_extension;"
    " DROP FUNCTION casework_extension_refuse()",
}


def refuse_changes(apps, schema_editor):
    sql = {"sqlite": SQLITE, "postgresql": POSTGRESQL}.get(schema_editor.connection.vendor)
    if sql:
        schema_editor.execute(sql)


def allow_changes(apps, schema_editor):
    sql = UNDO.get(schema_editor.connection.vendor)
    if sql:
        schema_editor.execute(sql)


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0002_foreign_keys"),
    ]

    operations = [
        migrations.CreateModel(
            name="Extension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "simulated",
                    minben.base.models.SimulatedField(
                        default=minben.kernel.clock.is_simulated, editable=False
                    ),
                ),
                ("from_due_at", models.DateTimeField()),
                ("to_due_at", models.DateTimeField()),
                ("latest_due_at", models.DateTimeField()),
                ("reason", models.TextField()),
                ("basis", models.CharField(max_length=300)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=80)),
                (
                    "deadline",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extension",
                        to="casework.deadline",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("to_due_at__gt", models.F("from_due_at"))),
                        name="casework_extension_forward",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("to_due_at__lte", models.F("latest_due_at"))),
                        name="casework_extension_within",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("at__lt", models.F("from_due_at"))),
                        name="casework_extension_in_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="casework_extension_reasoned",
                    ),
                ],
            },
        ),
        migrations.RunPython(refuse_changes, allow_changes),
    ]
