"""Plans, contacts, reports, corrections and surveys; the database keeps corrections as they were made.

On SQLite only changes are refused, because emptying tables between tests deletes rows there;
PostgreSQL, the production database, refuses both.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import minben.answering.rules
import minben.answering.rules.surveys
import minben.base.models
import minben.kernel.clock

SQLITE = """
CREATE TRIGGER answering_correction_no_update BEFORE UPDATE ON answering_correction
BEGIN SELECT RAISE(ABORT, 'a correction is never changed'); END
"""
POSTGRESQL = """
CREATE FUNCTION answering_correction_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a correction is never changed'; END $$;
CREATE TRIGGER answering_correction_append_only BEFORE UPDATE OR DELETE ON answering_correction
FOR EACH ROW EXECUTE FUNCTION answering_correction_refuse();
"""
UNDO = {
    "sqlite": "DROP TRIGGER answering_correction_no_update",
    "postgresql": "DROP TRIGGER answering_correction_append_only ON answering_correction;"
    " DROP FUNCTION answering_correction_refuse()",
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
        ("casework", "0005_duties_after_reaching"),
        ("people", "0011_deputies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Survey",
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
                ("opened_at", models.DateTimeField()),
                ("closes_at", models.DateTimeField()),
                ("invited", models.PositiveIntegerField()),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="survey",
                        to="casework.case",
                    ),
                ),
                (
                    "response",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="survey",
                        to="casework.response",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SurveyAnswer",
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
                ("understandable", models.PositiveSmallIntegerField()),
                ("reasoned", models.PositiveSmallIntegerField()),
                ("heard", models.PositiveSmallIntegerField()),
                ("overall", models.PositiveSmallIntegerField()),
                ("words", models.CharField(blank=True, max_length=500)),
                ("at", models.DateTimeField()),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("shown", "shown"), ("withheld", "withheld")],
                        max_length=8,
                    ),
                ),
                ("judged_by", models.CharField(blank=True, max_length=80)),
                ("judged_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="answering.survey",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Contact",
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
                    "channel",
                    models.CharField(
                        choices=[("phone", "phone"), ("mail", "mail"), ("meeting", "meeting")],
                        max_length=8,
                    ),
                ),
                ("held_at", models.DateTimeField()),
                ("reached", models.BooleanField()),
                ("discussed", models.TextField(blank=True)),
                ("agreed", models.TextField(blank=True)),
                ("office", models.CharField(max_length=120)),
                ("logged_by", models.CharField(max_length=80)),
                ("logged_at", models.DateTimeField()),
                ("answer_until", models.DateTimeField(null=True)),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("confirmed", "confirmed"),
                            ("corrected", "corrected"),
                            ("objected", "objected"),
                        ],
                        max_length=10,
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                ("statement", models.TextField(blank=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.agency",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contacts",
                        to="casework.case",
                    ),
                ),
                (
                    "petitioner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("held_at", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "channel__in",
                                [
                                    minben.answering.rules.Channel["PHONE"],
                                    minben.answering.rules.Channel["MAIL"],
                                    minben.answering.rules.Channel["MEETING"],
                                ],
                            )
                        ),
                        name="answering_contact_channel",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "verdict__in",
                                [
                                    "",
                                    minben.answering.rules.Verdict["CONFIRMED"],
                                    minben.answering.rules.Verdict["CORRECTED"],
                                    minben.answering.rules.Verdict["OBJECTED"],
                                ],
                            )
                        ),
                        name="answering_contact_verdict",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("statement", ""), ("verdict", "")),
                            models.Q(
                                models.Q(("verdict", ""), _negated=True),
                                ("answered_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="answering_contact_answered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer_until__isnull", False), ("reached", True)),
                            models.Q(
                                ("agreed", ""),
                                ("answer_until", None),
                                ("reached", False),
                                ("verdict", ""),
                            ),
                            _connector="OR",
                        ),
                        name="answering_contact_reached",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reached", False),
                            models.Q(("discussed", ""), _negated=True),
                            ("verdict", minben.answering.rules.Verdict["OBJECTED"]),
                            _connector="OR",
                        ),
                        name="answering_contact_minutes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("held_at__lte", models.F("logged_at"))),
                        name="answering_contact_past",
                    ),
                ],
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
                ("number", models.PositiveIntegerField()),
                (
                    "block",
                    models.CharField(
                        choices=[
                            ("analysis", "analysis"),
                            ("deliberation", "deliberation"),
                            ("adoption_reason", "adoption_reason"),
                            ("follow_up", "follow_up"),
                            ("adoption", "adoption"),
                        ],
                        max_length=16,
                    ),
                ),
                ("before", models.TextField(blank=True)),
                ("after", models.TextField()),
                ("reason", models.CharField(max_length=1000)),
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
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to="casework.case",
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answering_corrections",
                        to="casework.response",
                    ),
                ),
            ],
            options={
                "ordering": ("number",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "block__in",
                                [
                                    "analysis",
                                    "deliberation",
                                    "adoption_reason",
                                    "follow_up",
                                    "adoption",
                                ],
                            )
                        ),
                        name="answering_correction_block",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), _negated=True),
                            models.Q(("after", ""), _negated=True),
                            models.Q(("after", models.F("before")), _negated=True),
                        ),
                        name="answering_correction_says",
                    ),
                    models.UniqueConstraint(
                        fields=("response", "number"), name="answering_correction_number"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Plan",
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
                ("version", models.PositiveIntegerField()),
                ("revision", models.PositiveIntegerField(default=1)),
                ("summary", models.TextField(blank=True)),
                ("steps", models.JSONField(default=list)),
                ("office", models.CharField(blank=True, max_length=120)),
                ("drafted_by", models.CharField(max_length=80)),
                ("drafted_at", models.DateTimeField()),
                ("published_by", models.CharField(blank=True, max_length=80)),
                ("published_at", models.DateTimeField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.agency",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plans",
                        to="casework.case",
                    ),
                ),
            ],
            options={
                "ordering": ("version",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at", None), ("published_by", "")),
                            models.Q(
                                models.Q(("published_by", ""), _negated=True),
                                ("published_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="answering_plan_published_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_at", None),
                            models.Q(
                                models.Q(("summary", ""), _negated=True),
                                models.Q(("office", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="answering_plan_whole",
                    ),
                    models.UniqueConstraint(
                        fields=("case", "version"), name="answering_plan_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("published_at", None)),
                        fields=("case",),
                        name="answering_plan_one_draft",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Post",
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
                        choices=[("progress", "progress"), ("study_return", "study_return")],
                        max_length=12,
                    ),
                ),
                ("ends_study", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="posts",
                        to="casework.case",
                    ),
                ),
                (
                    "response",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answering_post",
                        to="casework.response",
                    ),
                ),
            ],
            options={
                "ordering": ("at", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    minben.answering.rules.PostKind["PROGRESS"],
                                    minben.answering.rules.PostKind["STUDY_RETURN"],
                                ],
                            )
                        ),
                        name="answering_post_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_study", False),
                            ("kind", minben.answering.rules.PostKind["STUDY_RETURN"]),
                            _connector="OR",
                        ),
                        name="answering_post_ends_study",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="survey",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_at__gt", models.F("opened_at"))),
                name="answering_survey_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="surveyanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("understandable__gte", 1), ("understandable__lte", 5)),
                name="answering_survey_understandable",
            ),
        ),
        migrations.AddConstraint(
            model_name="surveyanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("reasoned__gte", 1), ("reasoned__lte", 5)),
                name="answering_survey_reasoned",
            ),
        ),
        migrations.AddConstraint(
            model_name="surveyanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("heard__gte", 1), ("heard__lte", 5)),
                name="answering_survey_heard",
            ),
        ),
        migrations.AddConstraint(
            model_name="surveyanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("overall__gte", 1), ("overall__lte", 5)),
                name="answering_survey_overall",
            ),
        ),
        migrations.AddConstraint(
            model_name="surveyanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "verdict__in",
                        [
                            "",
                            minben.answering.rules.surveys.WordsVerdict["SHOWN"],
                            minben.answering.rules.surveys.WordsVerdict["WITHHELD"],
                        ],
                    )
                ),
                name="answering_words_verdict",
            ),
        ),
        migrations.AddConstraint(
            model_name="surveyanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("judged_at", None), ("judged_by", ""), ("verdict", "")),
                    models.Q(
                        models.Q(("words", ""), _negated=True),
                        models.Q(("verdict", ""), _negated=True),
                        models.Q(("judged_by", ""), _negated=True),
                        ("judged_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="answering_words_judged",
            ),
        ),
        migrations.AddConstraint(
            model_name="surveyanswer",
            constraint=models.UniqueConstraint(
                fields=("survey", "person"), name="answering_survey_once"
            ),
        ),
        migrations.RunPython(refuse_changes, allow_changes),
    ]
