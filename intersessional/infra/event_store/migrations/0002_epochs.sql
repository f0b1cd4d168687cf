-- The identity of the log. A server that lost the end of its log, and a backup that was restored,
-- use positions again: each incarnation of the log is an epoch, and begins after a position. A
-- position of an epoch stands for the same event for as long as no later epoch begins before it.

-- Without pg_temp at its end, PostgreSQL looks for a table among the caller's temporary ones first:
-- a function that runs with the owner's rights would read and write those.
SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);

-- Like the log, it only grows. A copy of the database has these rows too, and then its own.
CREATE TABLE epochs (
    number integer PRIMARY KEY,
    id text NOT NULL UNIQUE CHECK (id ~ '^[0-9a-f]{12}$'),
    begins_after bigint NOT NULL CHECK (begins_after >= 0),
    incarnation text NOT NULL,
    begun_at timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON epochs
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE epochs ENABLE ALWAYS TRIGGER append_only;

-- What is other for every server, every start of it, every database, and every restored table. A
-- log loses events only by changing one of them; every role may read all of them.
CREATE FUNCTION log_incarnation() RETURNS text
    LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
    RETURN format('%s/%s/%s',
        (extract(epoch FROM pg_postmaster_start_time()) * 1000000)::bigint,
        (SELECT oid FROM pg_database WHERE datname = current_database()),
        'head'::regclass::oid);
END $$;

-- Begin an epoch, while the log is locked.
CREATE FUNCTION add_epoch(after bigint) RETURNS text
    LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    added text;
BEGIN
    -- The first 48 bits of a UUID of version 4 are random.
    INSERT INTO epochs (number, id, begins_after, incarnation)
    SELECT coalesce(max(number), 0) + 1, left(replace(gen_random_uuid()::text, '-', ''), 12),
           after, log_incarnation()
      FROM epochs
    RETURNING id INTO added;
    RETURN added;
END $$;

-- The epoch of this incarnation of the log, which begins at the head unless it has begun. The log
-- is locked only where none has.
CREATE FUNCTION present_epoch() RETURNS text LANGUAGE plpgsql SECURITY DEFINER
    SET search_path FROM CURRENT SET lock_timeout = '10s' AS $$
DECLARE
    last epochs;
BEGIN
    SELECT * INTO last FROM epochs ORDER BY number DESC LIMIT 1;
    IF last.incarnation = log_incarnation() THEN
        RETURN last.id;
    END IF;
    LOCK TABLE stored_events IN EXCLUSIVE MODE;
    SELECT * INTO last FROM epochs ORDER BY number DESC LIMIT 1;
    IF last.incarnation = log_incarnation() THEN
        RETURN last.id;
    END IF;
    RETURN add_epoch((SELECT position FROM head));
END $$;

-- Begin an epoch before the first event when the log of this epoch does not hold an event that a
-- node has read: who owns the server has set it back, and how far is not known.
CREATE FUNCTION disown_epoch(epoch text, read_position bigint, read_leaf bytea) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path FROM CURRENT SET lock_timeout = '10s' AS $$
BEGIN
    LOCK TABLE stored_events IN EXCLUSIVE MODE;
    IF epoch = (SELECT id FROM epochs ORDER BY number DESC LIMIT 1) AND read_leaf IS DISTINCT FROM (
        SELECT leaf_hash FROM stored_events WHERE notification_id = read_position)
    THEN
        PERFORM add_epoch(0);
    END IF;
END $$;

-- The present epoch, where the log stands with the leaf there, and the leaf at another position.
CREATE FUNCTION log_state(
    read_position bigint, OUT epoch text, OUT stands bigint, OUT leaf bytea, OUT read_leaf bytea
) LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM present_epoch();
    SELECT (SELECT id FROM epochs ORDER BY number DESC LIMIT 1), position,
           (SELECT leaf_hash FROM stored_events WHERE notification_id = position),
           (SELECT leaf_hash FROM stored_events WHERE notification_id = read_position)
      INTO STRICT epoch, stands, leaf, read_leaf FROM head;
END $$;

-- Take the lock, then tell the epoch and where the log stands until the transaction ends.
CREATE FUNCTION hold_log_in_epoch(
    OUT epoch text, OUT stands bigint, OUT stood_at timestamptz, OUT peaks bytea[]
) LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM lock_log();
    epoch := present_epoch();
    SELECT position, recorded_at, frontier INTO STRICT stands, stood_at, peaks FROM head;
END $$;

-- No incarnation is appended to before its epoch has begun, whatever appends.
CREATE FUNCTION begin_epoch_first() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path FROM CURRENT AS $$
BEGIN
    IF log_incarnation() IS DISTINCT FROM
        (SELECT incarnation FROM epochs ORDER BY number DESC LIMIT 1)
    THEN
        PERFORM add_epoch(OLD.position);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER epoch_first BEFORE UPDATE ON head
    FOR EACH ROW EXECUTE FUNCTION begin_epoch_first();
ALTER TABLE head ENABLE ALWAYS TRIGGER epoch_first;

GRANT EXECUTE ON FUNCTION present_epoch(), disown_epoch(text, bigint, bytea), log_state(bigint),
    hold_log_in_epoch() TO intersessional_app;
GRANT SELECT ON epochs TO intersessional_app;

SELECT present_epoch();
