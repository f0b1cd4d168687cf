-- A batch that no node makes must not keep the nodes from appending after it.

SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);

-- How far an event may be recorded ahead of the database's clock; NULL is without a bound. Time does
-- not go back in the log, so after an event of the year 3000 nothing can be appended until then. The
-- bounds of nodes are seconds (ADR 0036); this one holds for whoever has the login of a node.
CREATE TABLE clock_bound (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    ahead interval DEFAULT '1 day'
);
INSERT INTO clock_bound DEFAULT VALUES;
GRANT SELECT ON clock_bound TO intersessional_app;

-- As before, and: the frontier is a list, which equals the one that the next node sends (arrays
-- with other bounds never do); the time is one that nodes can read, and not far to come.
CREATE OR REPLACE FUNCTION check_batch(
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
    IF at < '0001-01-02 00:00+00' OR at > '9999-12-30 00:00+00' THEN
        PERFORM refuse_batch('no node can read its time');
    END IF;
    IF at > clock_timestamp() + interval '1 minute'
        AND at > clock_timestamp() + (SELECT ahead FROM clock_bound)
        AND at > coalesce((SELECT recorded_at FROM head), '-infinity')
    THEN
        PERFORM refuse_batch('its time is to come, by the clock of the database');
    END IF;
    SELECT bool_and(length(leaf) = 32 AND topic IS NOT NULL AND state IS NOT NULL),
           bool_and(version = 1)
      INTO all_there, all_new FROM unnest(events);
    IF all_there IS NOT TRUE
        OR EXISTS (SELECT FROM unnest(new_frontier) AS peak WHERE length(peak) IS DISTINCT FROM 32)
    THEN
        PERFORM refuse_batch('an event has no topic, no state or no hash');
    END IF;
    IF (array_ndims(new_frontier) = 1 AND array_lower(new_frontier, 1) = 1) IS NOT TRUE THEN
        PERFORM refuse_batch('its frontier is no list');
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
