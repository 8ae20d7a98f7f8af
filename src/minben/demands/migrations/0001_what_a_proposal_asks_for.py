"""Demands, published splits, corrections, drafts, clearance and dispositions.

The database itself keeps what happened: texts of drafts and acts of clearance never change; of a
published split only the petitioner's agreement is added, of a disposition only that it was
published, once. On SQLite only changes are refused, because emptying tables between tests deletes
rows there; PostgreSQL, the production database, refuses deleting as well.
"""

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.db import migrations, models

import minben.base.models
import minben.casework.rules
import minben.demands.rules
import minben.kernel.clock

KEPT = {
    "demands_drafttext": "demand_id, revision, based_on, aside, adoption, reason, follow_up, at, by",
    "demands_clearanceact": "demand_id, step, outcome, revision, note, at, by",
    "demands_splitversion": "case_id, number, items, note, at, by, corrections_until",
    "demands_disposition": "demand_id, number, agency_id, adoption, reason, follow_up, revision,"
    " because, decided_at, decided_by",
}
ONCE = {"demands_splitversion": "agreed_at", "demands_disposition": "published_at"}
SQLITE = """
CREATE TRIGGER {table}_{name} BEFORE UPDATE OF {columns} ON {table} {when}
BEGIN SELECT RAISE(ABORT, 'what happened is never changed'); END
"""
POSTGRESQL = """
CREATE TRIGGER {table}_{name} BEFORE UPDATE OF {columns} ON {table} FOR EACH ROW {when}
EXECUTE FUNCTION demands_refuse()
"""
REFUSE = """
CREATE FUNCTION demands_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'what happened is never changed'; END $$
"""
UNDELETED = """
CREATE TRIGGER {table}_undeleted BEFORE DELETE ON {table} FOR EACH ROW
EXECUTE FUNCTION demands_refuse()
"""


def triggers():
    """Table, name of the trigger, its columns, its condition."""
    for table, columns in KEPT.items():
        yield {"table": table, "name": "kept", "columns": columns, "when": ""}
    for table, column in ONCE.items():
        when = f"WHEN (OLD.{column} IS NOT NULL)"
        yield {"table": table, "name": "once", "columns": column, "when": when}


def refuse_changes(apps, schema_editor):
    sql = {"sqlite": SQLITE, "postgresql": POSTGRESQL}.get(schema_editor.connection.vendor)
    if sql == POSTGRESQL:
        schema_editor.execute(REFUSE)
        for table in KEPT:
            schema_editor.execute(UNDELETED.format(table=table))
    for trigger in triggers() if sql else ():
        schema_editor.execute(sql.format(**trigger))


def allow_changes(apps, schema_editor):
    # On SQLite triggers go with their tables, which the reverse drops right after this.
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION demands_refuse() CASCADE")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("casework", "0004_agencies_bring_cases"),
        ("people", "0011_deputies"),
    ]

    operations = [
        migrations.CreateModel(
            name="Demand",
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
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=300)),
                ("drawn_from", models.CharField(blank=True, max_length=1000)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("disposed", "disposed"),
                            ("published", "published"),
                            ("dropped", "dropped"),
                            ("merged", "merged"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("closed_reason", models.CharField(blank=True, max_length=500)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("route", models.JSONField(default=list)),
                (
                    "waits_for",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("drafter", "drafter"),
                            ("section_head", "section_head"),
                            ("legal", "legal"),
                            ("participation", "participation"),
                            ("lead", "lead"),
                        ],
                        default="drafter",
                        max_length=16,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("created_by", models.CharField(max_length=80)),
                ("changed_at", models.DateTimeField()),
                ("changed_by", models.CharField(max_length=80)),
                (
                    "agency",
                    models.ForeignKey(
                        null=True,
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
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="demands.demand",
                    ),
                ),
            ],
            options={
                "ordering": ("position", "id"),
            },
        ),
        migrations.CreateModel(
            name="ClearanceAct",
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
                    "step",
                    models.CharField(
                        choices=[
                            ("drafter", "drafter"),
                            ("section_head", "section_head"),
                            ("legal", "legal"),
                            ("participation", "participation"),
                            ("lead", "lead"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[("approved", "approved"), ("returned", "returned")], max_length=10
                    ),
                ),
                ("revision", models.PositiveIntegerField()),
                ("note", models.CharField(blank=True, max_length=500)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=80)),
                (
                    "demand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clearances",
                        to="demands.demand",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Disposition",
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
                (
                    "adoption",
                    models.CharField(
                        choices=[
                            ("under_study", "under_study"),
                            ("adopted", "adopted"),
                            ("partly_adopted", "partly_adopted"),
                            ("not_adopted", "not_adopted"),
                        ],
                        max_length=16,
                    ),
                ),
                ("reason", models.TextField()),
                ("follow_up", models.TextField(blank=True)),
                ("revision", models.PositiveIntegerField()),
                ("because", models.CharField(blank=True, max_length=500)),
                ("decided_at", models.DateTimeField()),
                ("decided_by", models.CharField(max_length=80)),
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
                    "demand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dispositions",
                        to="demands.demand",
                    ),
                ),
            ],
            options={
                "ordering": ("number",),
            },
        ),
        migrations.CreateModel(
            name="DraftText",
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
                ("revision", models.PositiveIntegerField()),
                ("based_on", models.PositiveIntegerField()),
                ("aside", models.BooleanField(default=False)),
                (
                    "adoption",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("under_study", "under_study"),
                            ("adopted", "adopted"),
                            ("partly_adopted", "partly_adopted"),
                            ("not_adopted", "not_adopted"),
                        ],
                        max_length=16,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("follow_up", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=80)),
                (
                    "demand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts",
                        to="demands.demand",
                    ),
                ),
            ],
            options={
                "ordering": ("revision", "id"),
            },
        ),
        migrations.CreateModel(
            name="SplitVersion",
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
                ("items", models.JSONField()),
                ("note", models.CharField(blank=True, max_length=500)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=80)),
                ("corrections_until", models.DateTimeField(null=True)),
                ("agreed_at", models.DateTimeField(null=True)),
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
                "ordering": ("number",),
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reword", "reword"),
                            ("missing", "missing"),
                            ("superfluous", "superfluous"),
                        ],
                        max_length=12,
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=300)),
                ("why", models.CharField(blank=True, max_length=500)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=80)),
                ("taken", models.BooleanField(null=True)),
                ("answer", models.CharField(blank=True, max_length=500)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by", models.CharField(blank=True, max_length=80)),
                (
                    "demand",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="demands.demand",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="demands.splitversion",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.AddConstraint(
            model_name="demand",
            constraint=models.UniqueConstraint(
                fields=("case", "number"), name="demands_demand_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="demand",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            minben.demands.rules.DemandState["OPEN"],
                            minben.demands.rules.DemandState["DISPOSED"],
                            minben.demands.rules.DemandState["PUBLISHED"],
                            minben.demands.rules.DemandState["DROPPED"],
                            minben.demands.rules.DemandState["MERGED"],
                        ],
                    )
                ),
                name="demands_demand_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="demand",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "waits_for__in",
                        [
                            "",
                            minben.demands.rules.Step["DRAFTER"],
                            minben.demands.rules.Step["SECTION_HEAD"],
                            minben.demands.rules.Step["LEGAL"],
                            minben.demands.rules.Step["PARTICIPATION"],
                            minben.demands.rules.Step["LEAD"],
                        ],
                    )
                ),
                name="demands_demand_waits_for",
            ),
        ),
        migrations.AddConstraint(
            model_name="demand",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("text", ""), _negated=True), ("number__gte", 1), ("position__gte", 1)
                ),
                name="demands_demand_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="demand",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "state__in",
                            [
                                minben.demands.rules.DemandState["DROPPED"],
                                minben.demands.rules.DemandState["MERGED"],
                            ],
                        ),
                        models.Q(("closed_reason", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(
                            (
                                "state__in",
                                [
                                    minben.demands.rules.DemandState["DROPPED"],
                                    minben.demands.rules.DemandState["MERGED"],
                                ],
                            ),
                            _negated=True,
                        ),
                        ("closed_reason", ""),
                    ),
                    _connector="OR",
                ),
                name="demands_demand_left_out_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="demand",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("merged_into__isnull", False),
                        ("state", minben.demands.rules.DemandState["MERGED"]),
                    ),
                    models.Q(
                        models.Q(
                            ("state", minben.demands.rules.DemandState["MERGED"]), _negated=True
                        ),
                        ("merged_into", None),
                    ),
                    _connector="OR",
                ),
                name="demands_demand_merged_into",
            ),
        ),
        migrations.AddConstraint(
            model_name="demand",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "state__in",
                            [
                                minben.demands.rules.DemandState["DISPOSED"],
                                minben.demands.rules.DemandState["PUBLISHED"],
                            ],
                        ),
                        _negated=True,
                    ),
                    ("agency__isnull", False),
                    _connector="OR",
                ),
                name="demands_demand_disposed_by_agency",
            ),
        ),
        migrations.AddConstraint(
            model_name="demand",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("created_by", ""), _negated=True),
                    models.Q(("changed_by", ""), _negated=True),
                    ("changed_at__gte", models.F("created_at")),
                ),
                name="demands_demand_who_and_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="clearanceact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "step__in",
                        [
                            minben.demands.rules.Step["DRAFTER"],
                            minben.demands.rules.Step["SECTION_HEAD"],
                            minben.demands.rules.Step["LEGAL"],
                            minben.demands.rules.Step["PARTICIPATION"],
                            minben.demands.rules.Step["LEAD"],
                        ],
                    )
                ),
                name="demands_clearance_step",
            ),
        ),
        migrations.AddConstraint(
            model_name="clearanceact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "outcome__in",
                        [
                            minben.demands.rules.Outcome["APPROVED"],
                            minben.demands.rules.Outcome["RETURNED"],
                        ],
                    )
                ),
                name="demands_clearance_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="clearanceact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome", minben.demands.rules.Outcome["APPROVED"]),
                    models.Q(("note", ""), _negated=True),
                    _connector="OR",
                ),
                name="demands_clearance_returned_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="disposition",
            constraint=models.UniqueConstraint(
                fields=("demand", "number"), name="demands_disposition_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="disposition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "adoption__in",
                        [
                            minben.casework.rules.Adoption["UNDER_STUDY"],
                            minben.casework.rules.Adoption["ADOPTED"],
                            minben.casework.rules.Adoption["PARTLY_ADOPTED"],
                            minben.casework.rules.Adoption["NOT_ADOPTED"],
                        ],
                    )
                ),
                name="demands_disposition_adoption",
            ),
        ),
        migrations.AddConstraint(
            model_name="disposition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), _negated=True),
                    models.Q(("decided_by", ""), _negated=True),
                    ("number__gte", 1),
                ),
                name="demands_disposition_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="disposition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_at", None),
                    ("published_at__gte", models.F("decided_at")),
                    _connector="OR",
                ),
                name="demands_disposition_published_after",
            ),
        ),
        migrations.AddConstraint(
            model_name="disposition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("because", ""),
                    models.Q(("number__gt", 1), ("published_at__isnull", False)),
                    _connector="OR",
                ),
                name="demands_disposition_corrects",
            ),
        ),
        migrations.AddConstraint(
            model_name="drafttext",
            constraint=models.UniqueConstraint(
                condition=models.Q(("aside", False)),
                fields=("demand", "revision"),
                name="demands_draft_one_of_a_revision",
            ),
        ),
        migrations.AddConstraint(
            model_name="drafttext",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "adoption__in",
                        [
                            "",
                            minben.casework.rules.Adoption["UNDER_STUDY"],
                            minben.casework.rules.Adoption["ADOPTED"],
                            minben.casework.rules.Adoption["PARTLY_ADOPTED"],
                            minben.casework.rules.Adoption["NOT_ADOPTED"],
                        ],
                    )
                ),
                name="demands_draft_adoption",
            ),
        ),
        migrations.AddConstraint(
            model_name="drafttext",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("aside", False),
                        (
                            "revision",
                            django.db.models.expressions.CombinedExpression(
                                models.F("based_on"), "+", models.Value(1)
                            ),
                        ),
                    ),
                    models.Q(("aside", True), ("revision__gt", models.F("based_on"))),
                    _connector="OR",
                ),
                name="demands_draft_follows",
            ),
        ),
        migrations.AddConstraint(
            model_name="splitversion",
            constraint=models.UniqueConstraint(
                fields=("case", "number"), name="demands_split_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="splitversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="demands_split_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="splitversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("corrections_until", None),
                    ("corrections_until__gt", models.F("at")),
                    _connector="OR",
                ),
                name="demands_split_window",
            ),
        ),
        migrations.AddConstraint(
            model_name="splitversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("agreed_at", None),
                    models.Q(
                        ("agreed_at__gte", models.F("at")), ("corrections_until__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="demands_split_agreed",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            minben.demands.rules.CorrectionKind["REWORD"],
                            minben.demands.rules.CorrectionKind["MISSING"],
                            minben.demands.rules.CorrectionKind["SUPERFLUOUS"],
                        ],
                    )
                ),
                name="demands_correction_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("demand", None), ("kind", minben.demands.rules.CorrectionKind["MISSING"])
                    ),
                    models.Q(
                        models.Q(
                            ("kind", minben.demands.rules.CorrectionKind["MISSING"]), _negated=True
                        ),
                        ("demand__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="demands_correction_of_a_demand",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answer", ""), ("answered_at", None), ("answered_by", ""), ("taken", None)
                    ),
                    models.Q(
                        ("answered_at__gte", models.F("at")),
                        ("taken__isnull", False),
                        models.Q(("answered_by", ""), _negated=True),
                        models.Q(("answer", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="demands_correction_answered",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.UniqueConstraint(
                fields=("version", "demand", "kind"), name="demands_correction_once"
            ),
        ),
        migrations.RunPython(refuse_changes, allow_changes),
    ]
