"""The record can't be changed: the database itself refuses.

On SQLite only changes are refused, because emptying tables between tests deletes rows there;
PostgreSQL, the production database, refuses both.
"""

from django.db import migrations

SQLITE = """
CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event
BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END
"""
POSTGRESQL = """
CREATE FUNCTION audit_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the record is append-only'; END $$;
CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE ON audit_event
FOR EACH ROW EXECUTE FUNCTION audit_event_refuse();
"""
UNDO = {
    "sqlite": "DROP TRIGGER audit_event_no_update",
    "postgresql": "DROP TRIGGER audit_event_append_only ON audit_event;"
    " DROP FUNCTION audit_event_refuse()",
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
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(refuse_changes, allow_changes)]
