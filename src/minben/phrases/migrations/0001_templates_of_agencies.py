"""Templates and their versions; the database itself keeps the words of a version.

On SQLite only changes are refused, because emptying tables between tests deletes rows there;
PostgreSQL, the production database, refuses both.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import minben.base.models
import minben.kernel.clock
import minben.phrases.rules

SQLITE = """
CREATE TRIGGER phrases_version_no_update BEFORE UPDATE ON phrases_phraseversion
BEGIN SELECT RAISE(ABORT, 'the words of a version are never changed'); END
"""
POSTGRESQL = """
CREATE FUNCTION phrases_version_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the words of a version are never changed'; END $$;
CREATE TRIGGER phrases_version_append_only BEFORE UPDATE OR DELETE ON phrases_phraseversion
FOR EACH ROW EXECUTE FUNCTION phrases_version_refuse();
"""
UNDO = {
    "sqlite": "DROP TRIGGER phrases_version_no_update",
    "postgresql": "DROP TRIGGER phrases_version_append_only ON phrases_phraseversion;"
    " DROP FUNCTION phrases_version_refuse()",
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
        ("people", "0011_deputies"),
    ]

    operations = [
        migrations.CreateModel(
            name="Phrase",
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
                            ("answer", "answer"),
                            ("plan", "plan"),
                            ("extension", "extension"),
                            ("report", "report"),
                            ("demand", "demand"),
                        ],
                        max_length=9,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                ("retired_at", models.DateTimeField(null=True)),
                ("retired_by", models.CharField(blank=True, max_length=80)),
                (
                    "agency",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.agency",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PhraseVersion",
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
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=80)),
                ("text", models.TextField(max_length=4000)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=80)),
                (
                    "phrase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="phrases.phrase",
                    ),
                ),
            ],
            options={
                "ordering": ("-number",),
            },
        ),
        migrations.AddConstraint(
            model_name="phrase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            minben.phrases.rules.Kind["ANSWER"],
                            minben.phrases.rules.Kind["PLAN"],
                            minben.phrases.rules.Kind["EXTENSION"],
                            minben.phrases.rules.Kind["REPORT"],
                            minben.phrases.rules.Kind["DEMAND"],
                        ],
                    )
                ),
                name="phrases_phrase_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="phrase",
            constraint=models.CheckConstraint(
                condition=models.Q(("revision__gte", 1)), name="phrases_phrase_revision"
            ),
        ),
        migrations.AddConstraint(
            model_name="phrase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("retired_at", None), ("retired_by", "")),
                    models.Q(
                        models.Q(("retired_by", ""), _negated=True), ("retired_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="phrases_phrase_retired_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="phraseversion",
            constraint=models.UniqueConstraint(
                fields=("phrase", "number"), name="phrases_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="phraseversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="phrases_version_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="phraseversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("title", ""), _negated=True), models.Q(("text", ""), _negated=True)
                ),
                name="phrases_version_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="phraseversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("by", ""), _negated=True), name="phrases_version_by"
            ),
        ),
        migrations.RunPython(refuse_changes, allow_changes),
    ]
