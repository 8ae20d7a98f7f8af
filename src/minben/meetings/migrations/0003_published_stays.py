"""What was published of a meeting stays as it was: reports are corrected by further versions.

On SQLite only changes are refused, because emptying tables between tests deletes rows there;
PostgreSQL, the production database, refuses both.
"""

from django.db import migrations

SQLITE = (
    """
CREATE TRIGGER meetings_report_no_update BEFORE UPDATE ON meetings_report
WHEN OLD.published_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a published report is never changed'); END
""",
    """
CREATE TRIGGER meetings_actionupdate_no_update BEFORE UPDATE ON meetings_actionupdate
BEGIN SELECT RAISE(ABORT, 'what an agency reported is never changed'); END
""",
)
POSTGRESQL = (
    """
CREATE FUNCTION meetings_published_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'what was published of a meeting is never changed'; END $$;
CREATE TRIGGER meetings_report_append_only BEFORE UPDATE OR DELETE ON meetings_report
FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION meetings_published_stays();
CREATE TRIGGER meetings_actionupdate_append_only BEFORE UPDATE OR DELETE ON meetings_actionupdate
FOR EACH ROW EXECUTE FUNCTION meetings_published_stays()
""",
)
UNDO = {
    "sqlite": (
        "DROP TRIGGER meetings_report_no_update",
        "DROP TRIGGER meetings_actionupdate_no_update",
    ),
    "postgresql": (
        "DROP TRIGGER meetings_report_append_only ON meetings_report;"
        " DROP TRIGGER meetings_actionupdate_append_only ON meetings_actionupdate;"
        " DROP FUNCTION meetings_published_stays()",
    ),
}


def refuse_changes(apps, schema_editor):
    statements = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
    for sql in statements.get(schema_editor.connection.vendor, ()):
        schema_editor.execute(sql)


def allow_changes(apps, schema_editor):
    for sql in UNDO.get(schema_editor.connection.vendor, ()):
        schema_editor.execute(sql)


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0002_from_topic_to_action"),
    ]

    operations = [
        migrations.RunPython(refuse_changes, allow_changes),
    ]
