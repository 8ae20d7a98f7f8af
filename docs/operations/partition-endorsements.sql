-- Turns the table of endorsements into hash partitions by proposal, on PostgreSQL 15 or later.
--
--   psql "$DATABASE_URL" -v ON_ERROR_STOP=1 --single-transaction -f partition-endorsements.sql
--
-- How many: SET minben.partitions = '32' before it; 16 otherwise. Nobody can endorse while it runs:
-- set the switch "endorsing" first (docs/operations/switches.md). All or nothing: an error changes
-- nothing. The old table stays as proposals_endorsement_whole until you drop it.
--
-- Everything is read from the table itself: columns, checks, unique constraints, indexes, foreign
-- keys, triggers, rights. A unique constraint that lacks the proposal stops it, for no partition
-- could hold it alone. Foreign keys from other tables to endorsements are dropped: they would need a
-- unique id over all partitions. Endorsements are never deleted, so nothing can dangle.

SET CONSTRAINTS ALL IMMEDIATE;
LOCK TABLE proposals_endorsement IN ACCESS EXCLUSIVE MODE;

DO $$
DECLARE
    parts integer := coalesce(nullif(current_setting('minben.partitions', true), ''), '16')::integer;
    old constant regclass := 'proposals_endorsement'::regclass;
    key smallint := (SELECT attnum FROM pg_attribute WHERE attrelid = old AND attname = 'proposal_id');
    primary_name name;
    made text[] := '{}';
    one record;
    counted bigint;
    copied bigint;
BEGIN
    IF (SELECT relkind FROM pg_class WHERE oid = old) <> 'r' THEN
        RAISE EXCEPTION 'proposals_endorsement is partitioned already';
    END IF;

    FOR one IN
        SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        WHERE i.indrelid = old AND i.indisunique AND NOT i.indisprimary
          AND NOT key = ANY (i.indkey::smallint[])
    LOOP
        RAISE EXCEPTION 'unique % lacks proposal_id', one.relname;
    END LOOP;

    FOR one IN
        SELECT conrelid::regclass AS tab, conname FROM pg_constraint
        WHERE confrelid = old AND contype = 'f' AND conrelid <> old
    LOOP
        RAISE NOTICE 'foreign key % of % is dropped', one.conname, one.tab;
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', one.tab, one.conname);
    END LOOP;

    -- What is to be made anew, written down while the old names still stand.
    FOR one IN
        SELECT conname, pg_get_constraintdef(oid) AS def FROM pg_constraint
        WHERE conrelid = old AND contype IN ('u', 'f') ORDER BY contype DESC
    LOOP
        made := made || format('ALTER TABLE proposals_endorsement ADD CONSTRAINT %I %s', one.conname, one.def);
    END LOOP;
    FOR one IN
        SELECT pg_get_indexdef(i.indexrelid) AS def FROM pg_index i
        WHERE i.indrelid = old
          AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = i.indexrelid AND conrelid = old)
    LOOP
        made := made || one.def;
    END LOOP;
    FOR one IN
        SELECT pg_get_triggerdef(oid) AS def FROM pg_trigger WHERE tgrelid = old AND NOT tgisinternal
    LOOP
        made := made || one.def;
    END LOOP;
    FOR one IN
        SELECT privilege_type, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END AS who
        FROM pg_class, aclexplode(relacl) WHERE oid = old AND grantee <> relowner
    LOOP
        made := made || format('GRANT %s ON proposals_endorsement TO %s', one.privilege_type, one.who);
    END LOOP;
    SELECT conname INTO primary_name FROM pg_constraint WHERE conrelid = old AND contype = 'p';

    -- The old table gives its names away.
    FOR one IN
        SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indrelid = old
    LOOP
        EXECUTE format('ALTER INDEX %I RENAME TO %I', one.relname, left(one.relname, 57) || '_whole');
    END LOOP;
    ALTER TABLE proposals_endorsement RENAME TO proposals_endorsement_whole;

    CREATE TABLE proposals_endorsement
        (LIKE proposals_endorsement_whole INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING STORAGE)
        PARTITION BY HASH (proposal_id);
    FOR part IN 0 .. parts - 1 LOOP
        EXECUTE format(
            'CREATE TABLE proposals_endorsement_p%s PARTITION OF proposals_endorsement'
            ' FOR VALUES WITH (MODULUS %s, REMAINDER %s)',
            lpad(part::text, 3, '0'), parts, part);
    END LOOP;

    INSERT INTO proposals_endorsement SELECT * FROM proposals_endorsement_whole;

    EXECUTE format('ALTER TABLE proposals_endorsement ADD CONSTRAINT %I PRIMARY KEY (id, proposal_id)', primary_name);
    SELECT coalesce(max(id), 0) + 1 INTO counted FROM proposals_endorsement;
    EXECUTE format('CREATE SEQUENCE proposals_endorsement_ids START %s', counted);
    ALTER SEQUENCE proposals_endorsement_ids OWNED BY proposals_endorsement.id;
    ALTER TABLE proposals_endorsement ALTER COLUMN id SET DEFAULT nextval('proposals_endorsement_ids');
    FOR part IN 1 .. coalesce(array_length(made, 1), 0) LOOP
        EXECUTE made[part];
    END LOOP;

    SELECT count(*) INTO counted FROM proposals_endorsement_whole;
    SELECT count(*) INTO copied FROM proposals_endorsement;
    IF counted <> copied THEN
        RAISE EXCEPTION '% rows became %', counted, copied;
    END IF;
    RAISE NOTICE '% endorsements in % partitions', copied, parts;
END
$$;
ANALYZE proposals_endorsement;
