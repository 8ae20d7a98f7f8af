"""Statements are added by people: who says it, where and when; withdrawn they stay to be read.

What was said stays as it was noted. On SQLite only changes are refused, because emptying tables
between tests deletes rows there; PostgreSQL, the production database, refuses both.
"""

from django.db import migrations, models

REFUSAL = "what was noted of a statement is never changed"
# A statement can be withdrawn, once; everything else of it stays.
KEPT = (
    "source_id", "indicator_id", "unit_id", "earlier", "period", "says", "figure", "decimals",
    "words_zh", "words_en", "said_by", "said_in", "said_on", "address", "order", "at", "by",
)  # fmt: skip
SAME_SQLITE = " AND ".join(f'NEW."{name}" IS OLD."{name}"' for name in KEPT)
SAME_POSTGRESQL = " AND ".join(f'NEW."{name}" IS NOT DISTINCT FROM OLD."{name}"' for name in KEPT)
REFUSE = {
    "sqlite": (
        "CREATE TRIGGER indicators_claim_no_update BEFORE UPDATE ON indicators_claim "
        f"WHEN NOT (OLD.withdrawn_at IS NULL AND {SAME_SQLITE}) "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION indicators_refuse_claim() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'DELETE' OR NOT (OLD.withdrawn_at IS NULL AND {SAME_POSTGRESQL}) "
        f"THEN RAISE EXCEPTION '{REFUSAL}'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER indicators_claim_append_only BEFORE UPDATE OR DELETE ON indicators_claim "
        "FOR EACH ROW EXECUTE FUNCTION indicators_refuse_claim()",
    ),
}
ALLOW = {
    "sqlite": ("DROP TRIGGER indicators_claim_no_update",),
    "postgresql": (
        "DROP TRIGGER indicators_claim_append_only ON indicators_claim",
        "DROP FUNCTION indicators_refuse_claim()",
    ),
}


def refuse_changes(apps, schema_editor):
    for sql in REFUSE.get(schema_editor.connection.vendor, ()):
        schema_editor.execute(sql)


def allow_changes(apps, schema_editor):
    for sql in ALLOW.get(schema_editor.connection.vendor, ()):
        schema_editor.execute(sql)


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0003_services"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="claim", name="indicators_claim_told"),
        # That it may be left empty is the forms' and no column's: nothing of the table changes.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="claim",
                    name="words_en",
                    field=models.CharField(blank=True, max_length=200),
                )
            ]
        ),
        migrations.AddField(
            model_name="claim",
            name="decimals",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="claim",
            name="said_by",
            field=models.CharField(blank=True, db_default="", max_length=200),
        ),
        migrations.AddField(
            model_name="claim",
            name="said_in",
            field=models.CharField(blank=True, db_default="", max_length=200),
        ),
        migrations.AddField(model_name="claim", name="said_on", field=models.DateField(null=True)),
        migrations.AddField(
            model_name="claim",
            name="address",
            field=models.CharField(blank=True, db_default="", max_length=500),
        ),
        migrations.AddField(model_name="claim", name="at", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="claim",
            name="by",
            field=models.CharField(blank=True, db_default="", max_length=80),
        ),
        migrations.AddField(
            model_name="claim", name="withdrawn_at", field=models.DateTimeField(null=True)
        ),
        migrations.AddField(
            model_name="claim",
            name="withdrawn_by",
            field=models.CharField(blank=True, db_default="", max_length=80),
        ),
        migrations.AddField(
            model_name="claim",
            name="withdrawn_why",
            field=models.TextField(blank=True, db_default="", max_length=2000),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=~models.Q(period="") & ~models.Q(says="") & ~models.Q(words_zh=""),
                name="indicators_claim_said",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(decimals=None) | models.Q(figure__isnull=False, decimals__lte=6),
                name="indicators_claim_decimals",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(withdrawn_at=None, withdrawn_by="", withdrawn_why="")
                | models.Q(
                    models.Q(withdrawn_at__isnull=False),
                    ~models.Q(withdrawn_by=""),
                    ~models.Q(withdrawn_why=""),
                ),
                name="indicators_claim_withdrawn",
            ),
        ),
        migrations.RunPython(refuse_changes, allow_changes),
    ]
