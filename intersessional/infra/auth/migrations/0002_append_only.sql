-- Revocations are only ever added, at the next position: one at a far position would hide all that
-- come after it from the nodes. A person's pseudonym never changes; it can be cut off from the
-- person by deleting the row, which only the owner may.

SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);

CREATE FUNCTION refuse_identity_change() RETURNS trigger LANGUAGE plpgsql
    SET search_path FROM CURRENT AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION refuse_revocation_elsewhere() RETURNS trigger LANGUAGE plpgsql
    SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('revocations', 0));
    IF NEW.position <> (SELECT coalesce(max(position), 0) + 1 FROM revocations) THEN
        RAISE EXCEPTION 'a revocation at position % is refused: it is not the next', NEW.position
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER next_position BEFORE INSERT ON revocations
    FOR EACH ROW EXECUTE FUNCTION refuse_revocation_elsewhere();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON revocations
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_identity_change();
CREATE TRIGGER never_changed BEFORE UPDATE OR TRUNCATE ON persons
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_identity_change();

ALTER TABLE revocations ENABLE ALWAYS TRIGGER next_position;
ALTER TABLE revocations ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE persons ENABLE ALWAYS TRIGGER never_changed;
