"""Sheets, questions, concept sheets and transcripts; a published version of a sheet stays as it is.

On SQLite only changes are refused, because emptying tables between tests deletes rows there;
PostgreSQL, the production database, refuses both.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import minben.base.models
import minben.kernel.clock

SQLITE = """
CREATE TRIGGER proceedings_version_no_update BEFORE UPDATE ON proceedings_sheetversion
BEGIN SELECT RAISE(ABORT, 'a published version is never changed'); END
"""
POSTGRESQL = """
CREATE FUNCTION proceedings_version_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a published version is never changed'; END $$;
CREATE TRIGGER proceedings_version_append_only BEFORE UPDATE OR DELETE ON proceedings_sheetversion
FOR EACH ROW EXECUTE FUNCTION proceedings_version_refuse();
"""
UNDO = {
    "sqlite": "DROP TRIGGER proceedings_version_no_update",
    "postgresql": "DROP TRIGGER proceedings_version_append_only ON proceedings_sheetversion;"
    " DROP FUNCTION proceedings_version_refuse()",
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
        ("casework", "0004_agencies_bring_cases"),
        ("meetings", "0001_meetings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Question",
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
                ("ordinal", models.PositiveSmallIntegerField()),
                ("text", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "open"), ("answered", "answered"), ("hidden", "hidden")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=500)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by", models.CharField(blank=True, max_length=80)),
                (
                    "hide_ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("illegal", "illegal"),
                            ("personal", "personal"),
                            ("privacy", "privacy"),
                            ("advertising", "advertising"),
                            ("off_topic", "off_topic"),
                            ("duplicate", "duplicate"),
                        ],
                        max_length=12,
                    ),
                ),
                ("hide_reason", models.CharField(blank=True, max_length=300)),
                ("hidden_at", models.DateTimeField(null=True)),
                ("hidden_by", models.CharField(blank=True, max_length=80)),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="meetings.meeting",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="QuestionVote",
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
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="votes",
                        to="proceedings.question",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Transcript",
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
                ("imported_at", models.DateTimeField()),
                ("imported_by", models.CharField(max_length=80)),
                ("opened_at", models.DateTimeField(null=True)),
                ("opened_by", models.CharField(blank=True, max_length=80)),
                ("due_at", models.DateTimeField(null=True)),
                ("basis", models.CharField(blank=True, max_length=200)),
                ("published_at", models.DateTimeField(null=True)),
                ("published_by", models.CharField(blank=True, max_length=80)),
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="meetings.meeting",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Speaker",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40)),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "transcript",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="speakers",
                        to="proceedings.transcript",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Turn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("original", models.TextField()),
                ("text", models.TextField()),
                ("revision", models.PositiveIntegerField(default=1)),
                ("corrected_at", models.DateTimeField(null=True)),
                (
                    "speaker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="turns",
                        to="proceedings.speaker",
                    ),
                ),
                (
                    "transcript",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="turns",
                        to="proceedings.transcript",
                    ),
                ),
            ],
            options={
                "ordering": ("number",),
            },
        ),
        migrations.CreateModel(
            name="Redaction",
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
                ("passage", models.CharField(blank=True, max_length=500)),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("personal", "personal"),
                            ("business", "business"),
                            ("secret", "secret"),
                            ("agreed", "agreed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.CharField(max_length=80)),
                ("granted", models.BooleanField(null=True)),
                ("mark", models.PositiveSmallIntegerField(null=True)),
                ("decision", models.CharField(blank=True, max_length=300)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by", models.CharField(blank=True, max_length=80)),
                (
                    "turn",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="redactions",
                        to="proceedings.turn",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Correction",
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
                ("before", models.TextField(blank=True)),
                ("after", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=80)),
                (
                    "turn",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="proceedings.turn",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Worksheet",
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
                        choices=[("issues", "issues"), ("stakeholders", "stakeholders")],
                        max_length=16,
                    ),
                ),
                ("content", models.JSONField(default=dict)),
                ("changed_at", models.DateTimeField()),
                ("changed_by", models.CharField(max_length=80)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.case",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SheetVersion",
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
                ("number", models.PositiveSmallIntegerField()),
                ("content", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("published_at", models.DateTimeField()),
                ("published_by", models.CharField(max_length=80)),
                (
                    "worksheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="proceedings.worksheet",
                    ),
                ),
            ],
            options={
                "ordering": ("-number",),
            },
        ),
        migrations.CreateModel(
            name="Concept",
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
                ("group", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=60)),
                ("problem", models.CharField(max_length=600)),
                ("idea", models.CharField(max_length=1000)),
                ("who", models.CharField(blank=True, max_length=300)),
                ("first_step", models.CharField(blank=True, max_length=300)),
                ("open_questions", models.CharField(blank=True, max_length=600)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("written_at", models.DateTimeField()),
                ("written_by", models.CharField(max_length=80)),
                ("published_at", models.DateTimeField(null=True)),
                ("published_by", models.CharField(blank=True, max_length=80)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ("group", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("group__gte", 1), ("group__lte", 20)),
                        name="proceedings_concept_group",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at", None), ("published_by", "")),
                            models.Q(
                                models.Q(("published_by", ""), _negated=True),
                                ("published_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="proceedings_concept_published_pair",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "open",
                            "answered",
                            "hidden",
                        ],
                    )
                ),
                name="proceedings_question_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(("ordinal__gte", 1), ("ordinal__lte", 10)),
                name="proceedings_question_most",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.UniqueConstraint(
                fields=("meeting", "author", "ordinal"), name="proceedings_question_ordinal"
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(
                            ("state", "hidden"),
                            _negated=True,
                        ),
                        ("hidden_at", None),
                        ("hidden_by", ""),
                        ("hide_ground", ""),
                        ("hide_reason", ""),
                    ),
                    models.Q(
                        models.Q(("hide_reason", ""), _negated=True),
                        models.Q(("hidden_by", ""), _negated=True),
                        ("hidden_at__isnull", False),
                        (
                            "hide_ground__in",
                            [
                                "illegal",
                                "personal",
                                "privacy",
                                "advertising",
                                "off_topic",
                                "duplicate",
                            ],
                        ),
                        ("state", "hidden"),
                    ),
                    _connector="OR",
                ),
                name="proceedings_question_hidden_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(
                            ("state", "answered"),
                            _negated=True,
                        ),
                        ("answer", ""),
                        ("answered_at", None),
                        ("answered_by", ""),
                    ),
                    models.Q(
                        models.Q(("answered_by", ""), _negated=True),
                        ("answered_at__isnull", False),
                        ("state", "answered"),
                    ),
                    models.Q(
                        models.Q(("answered_by", ""), _negated=True),
                        ("answered_at__isnull", False),
                        ("state", "hidden"),
                    ),
                    _connector="OR",
                ),
                name="proceedings_question_answered_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(models.Q(("text", ""), _negated=True), ("removed_at", None)),
                    models.Q(("removed_at__isnull", False), ("text", "")),
                    _connector="OR",
                ),
                name="proceedings_question_removed",
            ),
        ),
        migrations.AddConstraint(
            model_name="questionvote",
            constraint=models.UniqueConstraint(
                fields=("question", "person"), name="proceedings_vote_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="transcript",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("basis", ""), ("due_at", None), ("opened_at", None), ("opened_by", "")
                    ),
                    models.Q(
                        models.Q(("opened_by", ""), _negated=True),
                        models.Q(("basis", ""), _negated=True),
                        ("due_at__isnull", False),
                        ("opened_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="proceedings_transcript_opened_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="transcript",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("due_at", None), ("due_at__gt", models.F("opened_at")), _connector="OR"
                ),
                name="proceedings_transcript_window",
            ),
        ),
        migrations.AddConstraint(
            model_name="transcript",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_at", None), ("published_by", "")),
                    models.Q(
                        models.Q(("published_by", ""), _negated=True),
                        ("due_at__isnull", False),
                        ("published_at__gte", models.F("due_at")),
                        ("published_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="proceedings_transcript_not_early",
            ),
        ),
        migrations.AddConstraint(
            model_name="speaker",
            constraint=models.UniqueConstraint(
                fields=("transcript", "name"), name="proceedings_speaker_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="turn",
            constraint=models.UniqueConstraint(
                fields=("transcript", "number"), name="proceedings_turn_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="turn",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="proceedings_turn_says"
            ),
        ),
        migrations.AddConstraint(
            model_name="redaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "ground__in",
                        [
                            "personal",
                            "business",
                            "secret",
                            "agreed",
                        ],
                    )
                ),
                name="proceedings_redaction_ground",
            ),
        ),
        migrations.AddConstraint(
            model_name="redaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at", None),
                        ("decided_by", ""),
                        ("decision", ""),
                        ("granted", None),
                    ),
                    models.Q(
                        models.Q(("decided_by", ""), _negated=True),
                        ("decided_at__isnull", False),
                        ("granted__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="proceedings_redaction_decided_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="redaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("granted", True),
                        ("granted__isnull", False),
                        ("mark__gte", 1),
                        ("mark__isnull", False),
                    ),
                    models.Q(("granted", False), ("mark", None)),
                    models.Q(("granted", None), ("mark", None)),
                    _connector="OR",
                ),
                name="proceedings_redaction_marked",
            ),
        ),
        migrations.AddConstraint(
            model_name="redaction",
            constraint=models.UniqueConstraint(
                fields=("turn", "mark"), name="proceedings_redaction_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="worksheet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "issues",
                            "stakeholders",
                        ],
                    )
                ),
                name="proceedings_worksheet_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="worksheet",
            constraint=models.UniqueConstraint(
                fields=("case", "kind"), name="proceedings_worksheet_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="sheetversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="proceedings_version_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="sheetversion",
            constraint=models.UniqueConstraint(
                fields=("worksheet", "number"), name="proceedings_version_once"
            ),
        ),
        migrations.RunPython(refuse_changes, allow_changes),
    ]
