"""Processes and what agencies state of them; the database itself keeps every statement.

On SQLite only changes are refused, because emptying tables between tests deletes rows there;
PostgreSQL, the production database, refuses both.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import minben.base.models
import minben.kernel.clock
import minben.ladder.rules

SQLITE = """
CREATE TRIGGER ladder_statement_no_update BEFORE UPDATE ON ladder_statement
BEGIN SELECT RAISE(ABORT, 'a statement is never changed'); END
"""
POSTGRESQL = """
CREATE FUNCTION ladder_statement_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a statement is never changed'; END $$;
CREATE TRIGGER ladder_statement_append_only BEFORE UPDATE OR DELETE ON ladder_statement
FOR EACH ROW EXECUTE FUNCTION ladder_statement_refuse();
"""
UNDO = {
    "sqlite": "DROP TRIGGER ladder_statement_no_update",
    "postgresql": "DROP TRIGGER ladder_statement_append_only ON ladder_statement;"
    " DROP FUNCTION ladder_statement_refuse()",
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
    initial = True

    dependencies = [
        ("casework", "0007_remind_of_what_runs"),
        ("people", "0011_deputies"),
    ]

    operations = [
        migrations.CreateModel(
            name="Process",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("proposal", "proposal"),
                            ("meeting", "meeting"),
                            ("workshop", "workshop"),
                            ("consultation", "consultation"),
                            ("other", "other"),
                        ],
                        max_length=12,
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("held_on", models.DateField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.case",
                    ),
                ),
            ],
            options={
                "ordering": ("held_on", "id"),
            },
        ),
        migrations.CreateModel(
            name="Statement",
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
                ("version", models.PositiveSmallIntegerField()),
                ("facts", models.JSONField(default=list)),
                ("known", models.JSONField(default=list)),
                ("rung", models.PositiveSmallIntegerField()),
                ("influence", models.TextField()),
                ("decided", models.TextField()),
                ("outcome", models.TextField()),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=80)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.agency",
                    ),
                ),
                (
                    "process",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="ladder.process",
                    ),
                ),
            ],
            options={
                "ordering": ("process", "version"),
            },
        ),
        migrations.AddConstraint(
            model_name="process",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            minben.ladder.rules.Kind["PROPOSAL"],
                            minben.ladder.rules.Kind["MEETING"],
                            minben.ladder.rules.Kind["WORKSHOP"],
                            minben.ladder.rules.Kind["CONSULTATION"],
                            minben.ladder.rules.Kind["OTHER"],
                        ],
                    )
                ),
                name="ladder_process_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="process",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="ladder_process_titled"
            ),
        ),
        migrations.AddConstraint(
            model_name="process",
            constraint=models.UniqueConstraint(
                fields=("case", "title", "held_on"), name="ladder_process_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.UniqueConstraint(
                fields=("process", "version"), name="ladder_statement_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(("rung__gte", 1), ("rung__lte", 8)), name="ladder_statement_rung"
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("influence", ""), _negated=True),
                    models.Q(("decided", ""), _negated=True),
                    models.Q(("outcome", ""), _negated=True),
                ),
                name="ladder_statement_reasoned",
            ),
        ),
        migrations.RunPython(refuse_changes, allow_changes),
    ]
