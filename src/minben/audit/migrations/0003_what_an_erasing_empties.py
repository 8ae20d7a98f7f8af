"""The record of somebody who was erased can be emptied of what is theirs, and of nothing else.

The exception opens for one person when the record itself holds ``people.erased`` of them, which
can't be taken back. Then, in the rows of their acts, the name may become empty, and a reason they
gave and the hash of a file they brought may go; in these and in the rows about them, the private
part may become ``{}``. Every other change is refused as before.
"""

from django.db import migrations

OURS = "EXISTS (SELECT 1 FROM audit_event AS e WHERE e.kind = 'people.erased' AND e.subject = {})"
ACTED = OURS.format("OLD.actor")
ABOUT = OURS.format("OLD.subject")

KEPT = ("id", "recorded_at", "simulated", "kind", "at", "actor", "subject", "case_id")
SQLITE = f"""
CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event
WHEN NOT ({" AND ".join(f'NEW."{name}" IS OLD."{name}"' for name in KEPT)}
  AND (NEW.actor_label IS OLD.actor_label OR (NEW.actor_label = '' AND {ACTED}))
  AND (NEW.private IS OLD.private OR (NEW.private = '{{}}' AND ({ACTED} OR {ABOUT})))
  AND (NEW.data IS OLD.data
    OR (json(NEW.data) = json_remove(OLD.data, '$.reason', '$.sha256') AND {ACTED})))
BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END
"""
POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION audit_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE'
    AND to_jsonb(NEW) - ARRAY['actor_label', 'private', 'data']
      = to_jsonb(OLD) - ARRAY['actor_label', 'private', 'data']
    AND (NEW.actor_label = OLD.actor_label OR (NEW.actor_label = '' AND {ACTED}))
    AND (NEW.private = OLD.private OR (NEW.private = '{{}}'::jsonb AND ({ACTED} OR {ABOUT})))
    AND (NEW.data = OLD.data OR (NEW.data = OLD.data - ARRAY['reason', 'sha256'] AND {ACTED}))
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'the record is append-only';
END $$
"""
BEFORE_SQLITE = """
CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event
BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END
"""
BEFORE_POSTGRESQL = """
CREATE OR REPLACE FUNCTION audit_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the record is append-only'; END $$
"""


def _put(schema_editor, sqlite, postgresql):
    vendor = schema_editor.connection.vendor
    if vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER audit_event_no_update")
        schema_editor.execute(sqlite)
    elif vendor == "postgresql":
        schema_editor.execute(postgresql)


def allow_emptying(apps, schema_editor):
    _put(schema_editor, SQLITE, POSTGRESQL)


def refuse_all(apps, schema_editor):
    _put(schema_editor, BEFORE_SQLITE, BEFORE_POSTGRESQL)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [migrations.RunPython(allow_emptying, refuse_all)]
