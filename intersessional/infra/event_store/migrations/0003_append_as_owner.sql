-- Appends are made with the rights of the tables' owner, by functions that check what they are
-- given. The next script takes these rights from the application.

-- Without pg_temp at its end, PostgreSQL looks for a table among the caller's temporary ones first:
-- a function that runs with the owner's rights would read and write those.
SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);
ALTER FUNCTION refuse_change() SET search_path FROM CURRENT;
ALTER FUNCTION refuse_leap() SET search_path FROM CURRENT;
ALTER FUNCTION lock_log() SET search_path FROM CURRENT;
ALTER FUNCTION hold_log() SET search_path FROM CURRENT;
ALTER FUNCTION known_commands(uuid[]) SET search_path FROM CURRENT;
ALTER FUNCTION standing_elsewhere(uuid[], bigint[]) SET search_path FROM CURRENT;
ALTER FUNCTION changed_answers(question_positions[]) SET search_path FROM CURRENT;
ALTER FUNCTION revealed_texts(bytea[]) SET search_path FROM CURRENT;
ALTER FUNCTION position_known_at(timestamptz) SET search_path FROM CURRENT;

CREATE FUNCTION refuse_batch(reason text) RETURNS void LANGUAGE plpgsql
    SET search_path FROM CURRENT AS $$
BEGIN
    RAISE EXCEPTION 'the batch is refused: %', reason USING ERRCODE = 'check_violation';
END $$;

-- Refuse a batch that would leave a gap or a row that belongs to no event of it. The commands
-- divide its events in order; every version of a stream follows the one before, in the batch or in
-- `checked_streams`, whose versions have been found to be right; openings, accesses and questions
-- are of events of the batch.
--
-- It has the settings of append_events, which alone calls it: settings of its own would take longer
-- than what it does.
CREATE FUNCTION check_batch(
    after bigint,
    at timestamptz,
    new_frontier bytea[],
    checked_streams uuid[],
    checked_versions bigint[],
    events new_event[],
    added_commands new_command[],
    added_openings new_opening[],
    added_access text_access[],
    added_question_positions question_positions[]
) RETURNS void LANGUAGE plpgsql STABLE AS $$
DECLARE
    final bigint := after + cardinality(events);
    all_there boolean;
    all_new boolean;
    divided boolean;
BEGIN
    IF (final > after AND isfinite(at)) IS NOT TRUE THEN
        PERFORM refuse_batch('it has no events or no time');
    END IF;
    SELECT bool_and(length(leaf) = 32 AND topic IS NOT NULL AND state IS NOT NULL),
           bool_and(version = 1)
      INTO all_there, all_new FROM unnest(events);
    IF all_there IS NOT TRUE
        OR EXISTS (SELECT FROM unnest(new_frontier) AS peak WHERE length(peak) IS DISTINCT FROM 32)
    THEN
        PERFORM refuse_batch('an event has no topic, no state or no hash');
    END IF;
    IF all_new IS NOT TRUE AND EXISTS (
        SELECT FROM (
            SELECT stream, version,
                   lag(version) OVER (PARTITION BY stream ORDER BY ordinality) AS before
              FROM unnest(events) WITH ORDINALITY
        ) AS added
         WHERE (version = coalesce(before + 1, 1)) IS NOT TRUE
           AND (before IS NOT NULL OR NOT EXISTS (
                SELECT FROM unnest(checked_streams, checked_versions) AS checked (stream, version)
                 WHERE checked.stream = added.stream AND checked.version = added.version - 1))
    ) THEN
        PERFORM refuse_batch('a version does not follow the one before');
    END IF;
    SELECT bool_and(last >= first)
           AND array_agg(first) || (final + 1) = (after + 1) || array_agg(last + 1)
      INTO divided FROM unnest(added_commands);
    IF divided IS NOT TRUE THEN
        PERFORM refuse_batch('its commands do not divide its events');
    END IF;
    IF (cardinality(added_openings) > 0 AND EXISTS (
            SELECT FROM unnest(added_openings) WHERE position NOT BETWEEN after + 1 AND final))
        OR (cardinality(added_access) > 0 AND EXISTS (
            SELECT FROM unnest(added_access) WHERE position NOT BETWEEN after + 1 AND final))
        OR (cardinality(added_question_positions) > 0 AND EXISTS (
            SELECT FROM unnest(added_question_positions)
             WHERE position NOT BETWEEN after + 1 AND final))
    THEN
        PERFORM refuse_batch('a row beside the log is of no event of it');
    END IF;
END $$;

-- Append a batch if the log stands at `after` with the frontier `peaks`, every stream stands where
-- it is expected, no answer that the batch relies on has changed, and no command of the batch or of
-- `others` is known. Else append nothing and tell why, as append_batch does, which has the reasons
-- for how it is done. This is the only way into the log for the application.
CREATE FUNCTION append_events(
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
) LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT
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
    PERFORM check_batch(after, at, new_frontier, checked_streams, checked_versions, events,
                        added_commands, added_openings, added_access, added_question_positions);

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

-- What was recorded under these ids of clients by nodes of a later version than the caller, which
-- record a client's id within its sender's own: its first 6 bytes are those of the id's SHA-256,
-- and its version is 8 (RFC 9562). The caller compares the body, which holds the sender.
CREATE FUNCTION recorded_within_senders(ids uuid[]) RETURNS commands[]
    LANGUAGE plpgsql STABLE SET search_path FROM CURRENT
    SET jit = off SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN (
        SELECT array_agg((sent.id, found.subject, found.first, found.last, found.recorded_at,
                          found.salt, found.digest)::commands)
          FROM (
            SELECT id, encode(substr(sha256(uuid_send(id)), 1, 6), 'hex') AS prefix
              FROM unnest(ids) AS id
          ) AS sent
         CROSS JOIN LATERAL (
            SELECT * FROM commands
             WHERE command_id BETWEEN (prefix || '80008000000000000000')::uuid
                                  AND (prefix || '8fffbfffffffffffffff')::uuid
             ORDER BY first LIMIT 1
         ) AS found
    );
END $$;

-- For nodes of the version before: what a later node has recorded is a repeat for them too.
CREATE OR REPLACE FUNCTION append_batch(
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
) LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM lock_log();
    known := recorded_within_senders(
        others || ARRAY(SELECT command_id FROM unnest(added_commands)));
    IF known IS NOT NULL THEN
        written := false;
        elsewhere := false;
        RETURN;
    END IF;
    SELECT * INTO written, elsewhere, known, lost, actual, changed
      FROM append_events(after, peaks, at, new_frontier, checked_streams, checked_versions,
                         answered, others, events, added_commands, added_openings, added_access,
                         added_question_positions);
END $$;

REVOKE ALL ON FUNCTION append_events(
    bigint, bytea[], timestamptz, bytea[], uuid[], bigint[], question_positions[], uuid[],
    new_event[], new_command[], new_opening[], text_access[], question_positions[]
) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION append_events(
    bigint, bytea[], timestamptz, bytea[], uuid[], bigint[], question_positions[], uuid[],
    new_event[], new_command[], new_opening[], text_access[], question_positions[]
) TO intersessional_app;
