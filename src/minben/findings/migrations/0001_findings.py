"""Studies and findings; the database itself keeps what is public as it was published.

On SQLite only changes are refused, because emptying tables between tests deletes rows there;
PostgreSQL, the production database, refuses both.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import minben.base.models
import minben.findings.rules
import minben.kernel.clock

SQLITE = (
    """
CREATE TRIGGER findings_study_no_update BEFORE UPDATE ON findings_study
WHEN OLD.published_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'published findings are never changed'); END
""",
    """
CREATE TRIGGER findings_finding_no_update BEFORE UPDATE ON findings_finding
WHEN (SELECT published_at FROM findings_study WHERE id = OLD.study_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'published findings are never changed'); END
""",
    """
CREATE TRIGGER findings_fix_no_update BEFORE UPDATE ON findings_fix
BEGIN SELECT RAISE(ABORT, 'published findings are never changed'); END
""",
    """
CREATE TRIGGER findings_retest_no_update BEFORE UPDATE ON findings_retest
BEGIN SELECT RAISE(ABORT, 'published findings are never changed'); END
""",
)
POSTGRESQL = (
    """
CREATE FUNCTION findings_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'published findings are never changed'; END $$;
CREATE FUNCTION findings_refuse_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
IF (SELECT published_at FROM findings_study WHERE id = OLD.study_id) IS NOT NULL THEN
RAISE EXCEPTION 'published findings are never changed'; END IF;
RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END; END $$;
CREATE TRIGGER findings_study_append_only BEFORE UPDATE OR DELETE ON findings_study
FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION findings_refuse();
CREATE TRIGGER findings_finding_append_only BEFORE UPDATE OR DELETE ON findings_finding
FOR EACH ROW EXECUTE FUNCTION findings_refuse_published();
CREATE TRIGGER findings_fix_append_only BEFORE UPDATE OR DELETE ON findings_fix
FOR EACH ROW EXECUTE FUNCTION findings_refuse();
CREATE TRIGGER findings_retest_append_only BEFORE UPDATE OR DELETE ON findings_retest
FOR EACH ROW EXECUTE FUNCTION findings_refuse();
""",
)
UNDO = {
    "sqlite": tuple(
        f"DROP TRIGGER findings_{name}_no_update" for name in ("study", "finding", "fix", "retest")
    ),
    "postgresql": (
        *(
            f"DROP TRIGGER findings_{name}_append_only ON findings_{name}"
            for name in ("study", "finding", "fix", "retest")
        ),
        "DROP FUNCTION findings_refuse()",
        "DROP FUNCTION findings_refuse_published()",
    ),
}


def refuse_changes(apps, schema_editor):
    told = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
    for sql in told.get(schema_editor.connection.vendor, ()):
        schema_editor.execute(sql)


def allow_changes(apps, schema_editor):
    for sql in UNDO.get(schema_editor.connection.vendor, ()):
        schema_editor.execute(sql)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("casework", "0007_remind_of_what_runs"),
        ("people", "0011_deputies"),
    ]

    operations = [
        migrations.CreateModel(
            name="Study",
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
                ("service", models.CharField(max_length=120)),
                ("tested_on", models.DateField()),
                ("method", models.TextField(blank=True)),
                ("bounds", models.TextField(blank=True)),
                ("source", models.CharField(blank=True, max_length=300)),
                ("begun_at", models.DateTimeField()),
                ("begun_by", models.CharField(max_length=80)),
                ("published_at", models.DateTimeField(null=True)),
                ("published_by", models.CharField(blank=True, max_length=80)),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.case",
                    ),
                ),
            ],
            options={
                "ordering": ("tested_on", "id"),
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=60)),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="findings.study",
                    ),
                ),
            ],
            options={
                "ordering": ("position", "id"),
            },
        ),
        migrations.CreateModel(
            name="Group",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=60)),
                ("n", models.PositiveIntegerField()),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="groups",
                        to="findings.study",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Finding",
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
                    "severity",
                    models.CharField(
                        choices=[("blocks", "blocks"), ("hesitates", "hesitates")], max_length=9
                    ),
                ),
                ("what", models.CharField(max_length=500)),
                ("hit", models.PositiveIntegerField()),
                ("people", models.PositiveIntegerField()),
                ("quote", models.CharField(blank=True, max_length=300)),
                ("picture", models.JSONField(blank=True, default=dict)),
                ("alt", models.CharField(blank=True, max_length=200)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=80)),
                (
                    "corrects",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="correction",
                        to="findings.finding",
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="findings.finding",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="findings.step",
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="findings.study",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Fix",
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
                ("what", models.CharField(max_length=500)),
                ("changed_on", models.DateField()),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=80)),
                (
                    "finding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fixes",
                        to="findings.finding",
                    ),
                ),
            ],
            options={
                "ordering": ("changed_on", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("what", ""), _negated=True), name="findings_fix_says"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Retest",
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
                ("tested_on", models.DateField()),
                ("n", models.PositiveIntegerField()),
                ("still", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=80)),
                (
                    "finding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="retests",
                        to="findings.finding",
                    ),
                ),
            ],
            options={
                "ordering": ("tested_on", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("finding", "tested_on"), name="findings_retest_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("n__gte", 1), ("still__lte", models.F("n"))),
                        name="findings_retest_of_all",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="study",
            constraint=models.CheckConstraint(
                condition=models.Q(("service", ""), _negated=True), name="findings_study_service"
            ),
        ),
        migrations.AddConstraint(
            model_name="study",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_at", None), ("published_by", "")),
                    models.Q(
                        models.Q(("published_by", ""), _negated=True),
                        models.Q(("method", ""), _negated=True),
                        ("published_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="findings_study_published_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.UniqueConstraint(fields=("study", "name"), name="findings_step_once"),
        ),
        migrations.AddConstraint(
            model_name="group",
            constraint=models.UniqueConstraint(
                fields=("study", "kind"), name="findings_group_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="group",
            constraint=models.CheckConstraint(
                condition=models.Q(("n__gte", 1), ("n__lte", 10000)), name="findings_group_people"
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "severity__in",
                        [
                            minben.findings.rules.Severity["BLOCKS"],
                            minben.findings.rules.Severity["HESITATES"],
                        ],
                    )
                ),
                name="findings_finding_severity",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(("hit__gte", 1), ("hit__lte", models.F("people"))),
                name="findings_finding_of_all",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(("what", ""), _negated=True), name="findings_finding_says"
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("picture", {}), models.Q(("alt", ""), _negated=True), _connector="OR"
                ),
                name="findings_finding_picture_told",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("corrects", None), ("first", None), ("reason", "")),
                    models.Q(
                        ("corrects__isnull", False),
                        ("first__isnull", False),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="findings_finding_correction",
            ),
        ),
        migrations.RunPython(refuse_changes, allow_changes),
    ]
