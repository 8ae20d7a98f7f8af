"""Units, indicators, observations, methods and runs; what was observed and run stays as it was.

On SQLite only changes are refused, because emptying tables between tests deletes rows there;
PostgreSQL, the production database, refuses both.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import minben.base.models
import minben.indicators.rules
import minben.kernel.clock

KEPT = ("observation", "intakefile", "method", "storedrun", "runsource")
REFUSAL = "what was observed or computed is never changed"
# An import can be withdrawn, once; everything else of it stays.
INTAKE = ("source_id", "number", "at", "by", "sha256", "observations", "sheet", "remarks")
SAME_SQLITE = " AND ".join(f'NEW."{name}" IS OLD."{name}"' for name in INTAKE)
SAME_POSTGRESQL = " AND ".join(f'NEW."{name}" IS NOT DISTINCT FROM OLD."{name}"' for name in INTAKE)
SQLITE = (
    *(
        f"CREATE TRIGGER indicators_{name}_no_update BEFORE UPDATE ON indicators_{name} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for name in KEPT
    ),
    "CREATE TRIGGER indicators_intake_no_update BEFORE UPDATE ON indicators_intake "
    f"WHEN NOT (OLD.withdrawn_at IS NULL AND {SAME_SQLITE}) "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
)
POSTGRESQL = (
    "CREATE FUNCTION indicators_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
    f"BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$",
    "CREATE FUNCTION indicators_refuse_intake() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    f"IF TG_OP = 'DELETE' OR NOT (OLD.withdrawn_at IS NULL AND {SAME_POSTGRESQL}) "
    f"THEN RAISE EXCEPTION '{REFUSAL}'; END IF; RETURN NEW; END $$",
    *(
        f"CREATE TRIGGER indicators_{name}_append_only BEFORE UPDATE OR DELETE ON "
        f"indicators_{name} FOR EACH ROW EXECUTE FUNCTION indicators_refuse()"
        for name in KEPT
    ),
    "CREATE TRIGGER indicators_intake_append_only BEFORE UPDATE OR DELETE ON indicators_intake "
    "FOR EACH ROW EXECUTE FUNCTION indicators_refuse_intake()",
)
UNDO = {
    "sqlite": tuple(f"DROP TRIGGER indicators_{name}_no_update" for name in (*KEPT, "intake")),
    "postgresql": (
        *(
            f"DROP TRIGGER indicators_{name}_append_only ON indicators_{name}"
            for name in (*KEPT, "intake")
        ),
        "DROP FUNCTION indicators_refuse()",
        "DROP FUNCTION indicators_refuse_intake()",
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
        ("people", "0011_deputies"),
    ]

    operations = [
        migrations.CreateModel(
            name="Intake",
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
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=80)),
                ("sha256", models.CharField(max_length=64)),
                ("observations", models.PositiveIntegerField()),
                ("sheet", models.JSONField(default=list)),
                ("remarks", models.JSONField(default=list)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_by", models.CharField(blank=True, max_length=80)),
                ("withdrawn_why", models.TextField(blank=True, max_length=2000)),
            ],
            options={
                "ordering": ("-at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="IntakeFile",
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
                ("name", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField()),
                ("content", models.BinaryField()),
                (
                    "intake",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="indicators.intake",
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="Method",
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
                ("code", models.CharField(max_length=60)),
                ("version", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("content", models.TextField()),
                ("shipped", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=80)),
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
            options={
                "ordering": ("code", "-version"),
            },
        ),
        migrations.CreateModel(
            name="Source",
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
                ("code", models.CharField(max_length=60, unique=True)),
                ("publisher", models.CharField(max_length=200)),
                ("title_zh", models.CharField(max_length=200)),
                ("title_en", models.CharField(max_length=200)),
                ("published_on", models.DateField(null=True)),
                ("address", models.CharField(blank=True, max_length=500)),
                ("licence", models.CharField(max_length=200)),
                ("open_terms", models.BooleanField(default=False)),
                ("survey", models.BooleanField(default=False)),
                ("notes_zh", models.TextField(blank=True, max_length=2000)),
                ("notes_en", models.TextField(blank=True, max_length=2000)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=80)),
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
            options={
                "ordering": ("code",),
            },
        ),
        migrations.AddField(
            model_name="intake",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="intakes",
                to="indicators.source",
            ),
        ),
        migrations.CreateModel(
            name="Indicator",
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
                ("code", models.CharField(max_length=60, unique=True)),
                ("title_zh", models.CharField(max_length=200)),
                ("title_en", models.CharField(max_length=200)),
                ("definition_zh", models.TextField(blank=True, max_length=2000)),
                ("definition_en", models.TextField(blank=True, max_length=2000)),
                (
                    "scale",
                    models.CharField(
                        choices=[
                            ("percent", "percent"),
                            ("ratio", "ratio"),
                            ("count", "count"),
                            ("days", "days"),
                            ("money", "money"),
                            ("index", "index"),
                            ("number", "number"),
                        ],
                        max_length=7,
                    ),
                ),
                ("unit_zh", models.CharField(blank=True, max_length=40)),
                ("unit_en", models.CharField(blank=True, max_length=40)),
                ("direction", models.SmallIntegerField(default=0)),
                (
                    "domain",
                    models.CharField(default=minben.indicators.rules.Domain["NONE"], max_length=11),
                ),
                ("dimension_zh", models.CharField(blank=True, max_length=200)),
                ("dimension_en", models.CharField(blank=True, max_length=200)),
                ("base_zh", models.CharField(blank=True, max_length=200)),
                ("base_en", models.CharField(blank=True, max_length=200)),
                ("decimals", models.PositiveSmallIntegerField(null=True)),
                ("low", models.FloatField(null=True)),
                ("high", models.FloatField(null=True)),
                ("relations", models.JSONField(default=list)),
                ("order", models.PositiveIntegerField(default=0)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="indicators",
                        to="indicators.source",
                    ),
                ),
            ],
            options={
                "ordering": ("source", "order", "code"),
            },
        ),
        migrations.CreateModel(
            name="StoredRun",
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
                ("data_sha256", models.CharField(max_length=64)),
                ("engine", models.CharField(max_length=12)),
                ("units", models.PositiveIntegerField()),
                ("periods", models.JSONField(default=list)),
                ("package", models.BinaryField()),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=80)),
                (
                    "method",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="indicators.method",
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="RunSource",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "intake",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="indicators.intake",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sources",
                        to="indicators.storedrun",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Unit",
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
                ("code", models.CharField(max_length=60, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("country", "country"),
                            ("county", "county"),
                            ("agency", "agency"),
                            ("aggregate", "aggregate"),
                            ("platform", "platform"),
                            ("practice", "practice"),
                        ],
                        max_length=9,
                    ),
                ),
                ("name_zh", models.CharField(max_length=200)),
                ("name_en", models.CharField(max_length=200)),
            ],
            options={
                "ordering": ("code",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    minben.indicators.rules.UnitKind["COUNTRY"],
                                    minben.indicators.rules.UnitKind["COUNTY"],
                                    minben.indicators.rules.UnitKind["AGENCY"],
                                    minben.indicators.rules.UnitKind["AGGREGATE"],
                                    minben.indicators.rules.UnitKind["PLATFORM"],
                                    minben.indicators.rules.UnitKind["PRACTICE"],
                                ],
                            )
                        ),
                        name="indicators_unit_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("code", ""), _negated=True),
                            models.Q(("name_zh", ""), _negated=True),
                            models.Q(("name_en", ""), _negated=True),
                        ),
                        name="indicators_unit_named",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Observation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period", models.CharField(max_length=10)),
                ("value", models.FloatField(null=True)),
                ("n", models.PositiveIntegerField(null=True)),
                ("se", models.FloatField(null=True)),
                (
                    "status",
                    models.CharField(
                        default=minben.indicators.rules.Status["NORMAL"], max_length=1
                    ),
                ),
                ("place", models.CharField(max_length=80)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="indicators.intakefile",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="indicators.indicator",
                    ),
                ),
                (
                    "intake",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="indicators.intake",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="indicators.unit",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Claim",
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
                ("earlier", models.CharField(blank=True, max_length=10)),
                ("period", models.CharField(max_length=10)),
                ("says", models.CharField(max_length=12)),
                ("figure", models.FloatField(null=True)),
                ("words_zh", models.CharField(max_length=200)),
                ("words_en", models.CharField(max_length=200)),
                ("order", models.PositiveIntegerField(default=0)),
                (
                    "indicator",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="indicators.indicator",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="indicators.source",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="indicators.unit",
                    ),
                ),
            ],
            options={
                "ordering": ("source", "order", "id"),
            },
        ),
        migrations.CreateModel(
            name="UnitAlias",
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
                ("name", models.CharField(max_length=200)),
                ("folded", models.CharField(max_length=200)),
                ("valid_from", models.DateField(null=True)),
                ("valid_until", models.DateField(null=True)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aliases",
                        to="indicators.unit",
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="UnitGroup",
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
                ("family", models.CharField(max_length=60)),
                ("code", models.CharField(max_length=60)),
                ("name_zh", models.CharField(max_length=200)),
                ("name_en", models.CharField(max_length=200)),
            ],
            options={
                "ordering": ("family", "code"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("family", "code"), name="indicators_group_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("family", ""), _negated=True),
                            models.Q(("code", ""), _negated=True),
                            models.Q(("name_zh", ""), _negated=True),
                            models.Q(("name_en", ""), _negated=True),
                        ),
                        name="indicators_group_named",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
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
                ("valid_from", models.DateField(null=True)),
                ("valid_until", models.DateField(null=True)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="indicators.unit",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="indicators.unitgroup",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Break",
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
                ("period", models.CharField(max_length=10)),
                ("note_zh", models.CharField(max_length=200)),
                ("note_en", models.CharField(max_length=200)),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="breaks",
                        to="indicators.indicator",
                    ),
                ),
            ],
            options={
                "ordering": ("period",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("indicator", "period"), name="indicators_break_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("period", ""), _negated=True),
                            models.Q(("note_zh", ""), _negated=True),
                            models.Q(("note_en", ""), _negated=True),
                        ),
                        name="indicators_break_told",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="intakefile",
            constraint=models.UniqueConstraint(
                fields=("intake", "name"), name="indicators_file_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="intakefile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "sha256__gte",
                        "0000000000000000000000000000000000000000000000000000000000000000",
                    ),
                    (
                        "sha256__lte",
                        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                    ),
                ),
                name="indicators_file_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="intakefile",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="indicators_file_named"
            ),
        ),
        migrations.AddConstraint(
            model_name="method",
            constraint=models.UniqueConstraint(
                fields=("code", "version"), name="indicators_method_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="method",
            constraint=models.CheckConstraint(
                condition=models.Q(("version__gte", 1)), name="indicators_method_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="method",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "sha256__gte",
                        "0000000000000000000000000000000000000000000000000000000000000000",
                    ),
                    (
                        "sha256__lte",
                        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                    ),
                ),
                name="indicators_method_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="method",
            constraint=models.CheckConstraint(
                condition=models.Q(("content", ""), _negated=True), name="indicators_method_written"
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("code", ""), _negated=True),
                    models.Q(("publisher", ""), _negated=True),
                    models.Q(("title_zh", ""), _negated=True),
                    models.Q(("title_en", ""), _negated=True),
                ),
                name="indicators_source_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(("licence", ""), _negated=True), name="indicators_source_licence"
            ),
        ),
        migrations.AddConstraint(
            model_name="intake",
            constraint=models.UniqueConstraint(
                fields=("source", "number"), name="indicators_intake_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="intake",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="indicators_intake_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="intake",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "sha256__gte",
                        "0000000000000000000000000000000000000000000000000000000000000000",
                    ),
                    (
                        "sha256__lte",
                        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                    ),
                ),
                name="indicators_intake_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="intake",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at", None), ("withdrawn_by", ""), ("withdrawn_why", "")),
                    models.Q(
                        models.Q(("withdrawn_at__isnull", False)),
                        models.Q(("withdrawn_by", ""), _negated=True),
                        models.Q(("withdrawn_why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="indicators_intake_withdrawn",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("code", ""), _negated=True),
                    models.Q(("title_zh", ""), _negated=True),
                    models.Q(("title_en", ""), _negated=True),
                ),
                name="indicators_indicator_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "scale__in",
                        [
                            minben.indicators.rules.Scale["PERCENT"],
                            minben.indicators.rules.Scale["RATIO"],
                            minben.indicators.rules.Scale["COUNT"],
                            minben.indicators.rules.Scale["DAYS"],
                            minben.indicators.rules.Scale["MONEY"],
                            minben.indicators.rules.Scale["INDEX"],
                            minben.indicators.rules.Scale["NUMBER"],
                        ],
                    )
                ),
                name="indicators_indicator_scale",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "domain__in",
                        [
                            minben.indicators.rules.Domain["OPPORTUNITY"],
                            minben.indicators.rules.Domain["RISK"],
                            minben.indicators.rules.Domain["NONE"],
                        ],
                    )
                ),
                name="indicators_indicator_domain",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "direction__in",
                        [
                            minben.indicators.rules.Direction["LESS_IS_BETTER"],
                            minben.indicators.rules.Direction["NEITHER"],
                            minben.indicators.rules.Direction["MORE_IS_BETTER"],
                        ],
                    )
                ),
                name="indicators_indicator_direction",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("low", None), ("high", None), ("low__lt", models.F("high")), _connector="OR"
                ),
                name="indicators_indicator_span",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(("decimals", None), ("decimals__lte", 12), _connector="OR"),
                name="indicators_indicator_decimals",
            ),
        ),
        migrations.AddConstraint(
            model_name="storedrun",
            constraint=models.UniqueConstraint(
                fields=("method", "data_sha256", "engine"), name="indicators_run_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="storedrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "data_sha256__gte",
                        "0000000000000000000000000000000000000000000000000000000000000000",
                    ),
                    (
                        "data_sha256__lte",
                        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                    ),
                ),
                name="indicators_run_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="runsource",
            constraint=models.UniqueConstraint(
                fields=("run", "intake"), name="indicators_run_source_once"
            ),
        ),
        migrations.AddIndex(
            model_name="observation",
            index=models.Index(
                fields=["unit", "indicator", "period"], name="indicators_observed_unit"
            ),
        ),
        migrations.AddIndex(
            model_name="observation",
            index=models.Index(fields=["intake"], name="indicators_observed_intake"),
        ),
        migrations.AddConstraint(
            model_name="observation",
            constraint=models.UniqueConstraint(
                fields=("indicator", "unit", "period", "intake"), name="indicators_observed_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="observation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        [
                            minben.indicators.rules.Status["NORMAL"],
                            minben.indicators.rules.Status["BREAK"],
                            minben.indicators.rules.Status["ESTIMATED"],
                            minben.indicators.rules.Status["FORECAST"],
                            minben.indicators.rules.Status["IMPUTED"],
                            minben.indicators.rules.Status["MISSING"],
                            minben.indicators.rules.Status["PROVISIONAL"],
                            minben.indicators.rules.Status["UNRELIABLE"],
                            minben.indicators.rules.Status["SUPPRESSED"],
                        ],
                    )
                ),
                name="indicators_observed_status",
            ),
        ),
        migrations.AddConstraint(
            model_name="observation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("value__isnull", False),
                    (
                        "status__in",
                        [
                            minben.indicators.rules.Status["MISSING"],
                            minben.indicators.rules.Status["SUPPRESSED"],
                        ],
                    ),
                    _connector="OR",
                ),
                name="indicators_observed_or_missing",
            ),
        ),
        migrations.AddConstraint(
            model_name="observation",
            constraint=models.CheckConstraint(
                condition=models.Q(("se", None), ("se__gte", 0), _connector="OR"),
                name="indicators_observed_se",
            ),
        ),
        migrations.AddConstraint(
            model_name="observation",
            constraint=models.CheckConstraint(
                condition=models.Q(("period", ""), _negated=True), name="indicators_observed_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="observation",
            constraint=models.CheckConstraint(
                condition=models.Q(("place", ""), _negated=True), name="indicators_observed_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("period", ""), _negated=True),
                    models.Q(("says", ""), _negated=True),
                    models.Q(("words_zh", ""), _negated=True),
                    models.Q(("words_en", ""), _negated=True),
                ),
                name="indicators_claim_told",
            ),
        ),
        migrations.AddIndex(
            model_name="unitalias",
            index=models.Index(fields=["folded"], name="indicators_alias_folded"),
        ),
        migrations.AddConstraint(
            model_name="unitalias",
            constraint=models.UniqueConstraint(
                fields=("unit", "folded"), name="indicators_alias_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="unitalias",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True), models.Q(("folded", ""), _negated=True)
                ),
                name="indicators_alias_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="unitalias",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from", None),
                    ("valid_until", None),
                    ("valid_until__gt", models.F("valid_from")),
                    _connector="OR",
                ),
                name="indicators_alias_span",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                fields=("unit", "group", "valid_from"), name="indicators_member_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_from", None)),
                fields=("unit", "group"),
                name="indicators_member_always",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from", None),
                    ("valid_until", None),
                    ("valid_until__gt", models.F("valid_from")),
                    _connector="OR",
                ),
                name="indicators_member_span",
            ),
        ),
        migrations.RunPython(refuse_changes, allow_changes),
    ]
