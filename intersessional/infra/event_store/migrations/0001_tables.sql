-- The record: the log, what lies beside it, and the one door into it.
-- Functions keep the search path of this script, so that no caller's path can mislead them.

-- The table of eventsourcing's PostgresApplicationRecorder, word for word, with two columns more.
CREATE TABLE stored_events (
    originator_id uuid NOT NULL,
    originator_version bigint NOT NULL,
    topic text,
    state bytea,
    notification_id bigserial,
    recorded_at timestamptz NOT NULL,
    leaf_hash bytea NOT NULL,
    PRIMARY KEY (originator_id, originator_version)
) WITH (
    autovacuum_enabled = true,
    autovacuum_vacuum_threshold = 100000000,
    autovacuum_vacuum_scale_factor = 0.5,
    autovacuum_analyze_threshold = 1000,
    autovacuum_analyze_scale_factor = 0.01
);
CREATE UNIQUE INDEX stored_events_notification_id_idx ON stored_events (notification_id ASC);

-- What opens the sealed fields: the only content that can be erased.
CREATE TABLE openings (
    commitment bytea PRIMARY KEY,
    position bigint NOT NULL,
    salt bytea NOT NULL,
    value bytea NOT NULL
);
CREATE INDEX openings_position_idx ON openings (position);

-- Who may read a text: the last row decides, and without one everybody may. Like the log, it only
-- grows. WITHDRAWN is nobody, and so is every access that this version does not know.
CREATE TABLE text_access (
    commitment bytea NOT NULL,
    position bigint NOT NULL,
    access text NOT NULL,
    PRIMARY KEY (commitment, position)
);

-- The first outcome of every command. The digest of its body is salted, so that a short comment
-- cannot be looked up by it.
CREATE TABLE commands (
    command_id uuid PRIMARY KEY,
    subject uuid NOT NULL,
    first bigint NOT NULL,
    last bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    salt bytea NOT NULL,
    digest bytea NOT NULL
);

-- Which events concern which question for which key: an append that relies on an answer is refused
-- when a later event than the answer concerns it. Like the log, it only grows.
CREATE TABLE question_positions (
    question text NOT NULL,
    key uuid NOT NULL,
    position bigint NOT NULL,
    PRIMARY KEY (question, key, position)
);

-- Where the log stands, and the Merkle frontier over all of it.
CREATE TABLE head (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    position bigint NOT NULL,
    recorded_at timestamptz,
    frontier bytea[] NOT NULL,
    CHECK (cardinality(frontier) = bit_count(position::bit(64))),
    CHECK ((position = 0) = (recorded_at IS NULL))
);
INSERT INTO head (position, frontier) VALUES (0, '{}');


CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    RAISE EXCEPTION 'the record is append-only: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON stored_events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON commands
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON text_access
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON question_positions
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER erased_one_by_one BEFORE UPDATE OR TRUNCATE ON openings
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER always_one BEFORE INSERT OR DELETE OR TRUNCATE ON head
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The head moves forward by exactly the events that now lie behind it.
CREATE FUNCTION refuse_leap() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    added record;
BEGIN
    SELECT count(*) AS events, min(recorded_at) AS earliest, max(recorded_at) AS latest,
           max(notification_id) AS last
      INTO added FROM stored_events WHERE notification_id > OLD.position;
    IF NEW.position <= OLD.position
        OR added.events <> NEW.position - OLD.position
        OR added.last <> NEW.position
        OR added.earliest < OLD.recorded_at
        OR added.latest <> NEW.recorded_at
    THEN
        RAISE EXCEPTION 'the head moves by exactly what was recorded: % to % is refused',
            OLD.position, NEW.position USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER forward_only BEFORE UPDATE ON head FOR EACH ROW EXECUTE FUNCTION refuse_leap();

-- A trigger that is ENABLE ALWAYS also fires in a session that plays the replica.
ALTER TABLE stored_events ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE commands ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE text_access ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE question_positions ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE openings ENABLE ALWAYS TRIGGER erased_one_by_one;
ALTER TABLE head ENABLE ALWAYS TRIGGER always_one;
ALTER TABLE head ENABLE ALWAYS TRIGGER forward_only;


-- The lock is the library's own, so that its recorders and ours make one order. It asks for more
-- than INSERT; this function lends exactly that.
CREATE FUNCTION lock_log() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path FROM CURRENT SET lock_timeout = '10s' AS $$
BEGIN
    LOCK TABLE stored_events IN EXCLUSIVE MODE;
END $$;

-- Take the lock, then tell where the log stands; it stands there until the transaction ends.
CREATE FUNCTION hold_log(OUT stands bigint, OUT stood_at timestamptz, OUT peaks bytea[])
    LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM lock_log();
    SELECT position, recorded_at, frontier INTO STRICT stands, stood_at, peaks FROM head;
END $$;

CREATE FUNCTION known_commands(ids uuid[]) RETURNS commands[]
    LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
    RETURN (SELECT array_agg(c) FROM commands c WHERE command_id = ANY (ids));
END $$;

-- The streams that do not stand at the expected version, and where they stand: NULL is nowhere.
-- A stream that does not exist is expected at 0, or at -1 where versions start at 0.
CREATE FUNCTION standing_elsewhere(
    streams uuid[], versions bigint[], OUT lost uuid[], OUT actual bigint[]
) LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
    SELECT array_agg(expected.stream), array_agg(found.version) INTO lost, actual
      FROM unnest(streams, versions) AS expected (stream, version)
      LEFT JOIN LATERAL (
        SELECT originator_version AS version FROM stored_events
         WHERE originator_id = expected.stream ORDER BY originator_version DESC LIMIT 1
      ) AS found ON true
     WHERE found.version IS DISTINCT FROM expected.version
       AND NOT (found.version IS NULL AND expected.version <= 0);
END $$;

-- The questions that an event concerns which is later than the answer (`position`), each with its
-- last such event.
CREATE FUNCTION changed_answers(answered question_positions[]) RETURNS question_positions[]
    LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
    RETURN (
        SELECT array_agg((given.question, given.key, last.position)::question_positions)
          FROM unnest(answered) AS given
         CROSS JOIN LATERAL (
            SELECT position FROM question_positions
             WHERE question = given.question AND key = given.key AND position > given.position
             ORDER BY position DESC LIMIT 1
         ) AS last
    );
END $$;

-- What a batch adds. Rows and not columns: the driver writes them in half the time.
CREATE TYPE new_event AS (
    stream uuid, version bigint, topic text, state bytea, leaf bytea
);
CREATE TYPE new_command AS (
    command_id uuid, subject uuid, first bigint, last bigint, salt bytea, digest bytea
);
CREATE TYPE new_opening AS (
    commitment bytea, position bigint, salt bytea, value bytea
);

-- Append a batch if the log stands at `after` with the frontier `peaks`, every stream stands where
-- it is expected, no answer that the batch relies on has changed, and no command of the batch or of those that wait for its outcome (`others`) is
-- known. Else append nothing and tell why: whether the log stands elsewhere, which commands are
-- known, which streams stand elsewhere, which answers have changed.
--
-- The position alone does not tell where the log stands: after a failover to a server that had
-- less, other events may have come to stand before the same position.
--
-- A stream that begins with this batch is not looked up: if it exists, its version 1 does, and the
-- primary key refuses the batch. So does that of a known command. Every other expectation, of a
-- stream that goes on or was only read, is in `checked_streams`.
--
-- Sequential scans are off and the plan is generic because the first plan is made on empty
-- tables and would be kept while they grow. JIT would take milliseconds for each call.
CREATE FUNCTION append_batch(
    after bigint,
    peaks bytea[],
    at timestamptz,
    new_frontier bytea[],
    checked_streams uuid[],
    checked_versions bigint[],
    answered question_positions[],
    others uuid[],
    events new_event[],
    added_commands new_command[],
    added_openings new_opening[],
    added_access text_access[],
    added_question_positions question_positions[],
    OUT written boolean,
    OUT elsewhere boolean,
    OUT known commands[],
    OUT lost uuid[],
    OUT actual bigint[],
    OUT changed question_positions[]
) LANGUAGE plpgsql SET search_path FROM CURRENT
    SET jit = off SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    written := false;
    PERFORM lock_log();
    elsewhere := NOT EXISTS (SELECT FROM head WHERE position = after AND frontier = peaks);
    IF elsewhere THEN
        RETURN;
    END IF;
    IF cardinality(checked_streams) > 0 THEN
        SELECT * INTO lost, actual FROM standing_elsewhere(checked_streams, checked_versions);
    END IF;
    IF cardinality(answered) > 0 THEN
        changed := changed_answers(answered);
    END IF;
    IF lost IS NOT NULL OR changed IS NOT NULL THEN
        -- It may have been this very command that has moved its stream on.
        others := others || ARRAY(SELECT command_id FROM unnest(added_commands));
    END IF;
    IF cardinality(others) > 0 THEN
        known := known_commands(others);
    END IF;
    IF known IS NOT NULL OR lost IS NOT NULL OR changed IS NOT NULL THEN
        RETURN;
    END IF;

    BEGIN
        INSERT INTO stored_events (originator_id, originator_version, topic, state,
                                   notification_id, recorded_at, leaf_hash)
        SELECT stream, version, topic, state, after + ordinality, at, leaf
          FROM unnest(events) WITH ORDINALITY;
        INSERT INTO commands (command_id, subject, first, last, recorded_at, salt, digest)
        SELECT command_id, subject, first, last, at, salt, digest FROM unnest(added_commands);
        IF cardinality(added_openings) > 0 THEN
            INSERT INTO openings (commitment, position, salt, value)
            SELECT * FROM unnest(added_openings);
        END IF;
        IF cardinality(added_access) > 0 THEN
            INSERT INTO text_access (commitment, position, access)
            SELECT * FROM unnest(added_access);
        END IF;
        IF cardinality(added_question_positions) > 0 THEN
            INSERT INTO question_positions (question, key, position)
            SELECT * FROM unnest(added_question_positions);
        END IF;
    EXCEPTION WHEN unique_violation THEN
        known := known_commands(ARRAY(SELECT command_id FROM unnest(added_commands)));
        SELECT found.* INTO lost, actual
          FROM (
            SELECT array_agg(stream) AS streams, array_agg(0::bigint) AS versions
              FROM unnest(events) WHERE version = 1
          ) AS begun, standing_elsewhere(begun.streams, begun.versions) AS found;
        IF known IS NULL AND lost IS NULL THEN
            RAISE;
        END IF;
        RETURN;
    END;
    UPDATE head SET position = after + cardinality(events), recorded_at = at,
                    frontier = new_frontier;
    NOTIFY stored_events;
    written := true;
END $$;

-- The texts of these commitments, each with its access; NULL is everybody's, and the text of any
-- other access is NULL. It is the only way to a text, for the application may not read openings.
CREATE FUNCTION revealed_texts(commitments bytea[])
    RETURNS TABLE (commitment bytea, value bytea, access text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT
    SET jit = off SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT o.commitment, CASE WHEN last.access IS NULL THEN o.value END, last.access
      FROM unnest(commitments) AS wanted (commitment)
      JOIN openings o ON o.commitment = wanted.commitment
      LEFT JOIN LATERAL (
        SELECT access FROM text_access
         WHERE commitment = wanted.commitment ORDER BY position DESC LIMIT 1
      ) AS last ON true;
END $$;

-- The last position recorded by an instant. Positions are contiguous and their times never go
-- back, so bisection finds it without an index on the time.
CREATE FUNCTION position_known_at(instant timestamptz) RETURNS bigint
    LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
    known bigint := 0;
    unknown bigint := (SELECT position + 1 FROM head);
    middle bigint;
BEGIN
    WHILE unknown - known > 1 LOOP
        middle := (known + unknown) / 2;
        IF (SELECT recorded_at FROM stored_events WHERE notification_id = middle) <= instant THEN
            known := middle;
        ELSE
            unknown := middle;
        END IF;
    END LOOP;
    RETURN known;
END $$;


REVOKE ALL ON FUNCTION lock_log() FROM PUBLIC;
REVOKE ALL ON FUNCTION revealed_texts(bytea[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lock_log(), revealed_texts(bytea[]) TO intersessional_app;
GRANT SELECT, INSERT ON stored_events, commands, question_positions, text_access
    TO intersessional_app;
GRANT INSERT ON openings TO intersessional_app;
GRANT SELECT, UPDATE ON head TO intersessional_app;
