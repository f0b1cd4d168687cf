-- What readers see, folded from the log: everything here can be folded again.
-- Documents are only ever added, so a state of the past is found exactly like the current one.

-- How far each version of each view has come. A version is built beside the one that is served;
-- one that met an event it cannot fold has stopped before it, and says why.
CREATE TABLE view_heads (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    view text NOT NULL,
    version integer NOT NULL,
    position bigint NOT NULL DEFAULT 0,
    served boolean NOT NULL DEFAULT false,
    stopped_at bigint,
    reason text,
    UNIQUE (view, version),
    CHECK (stopped_at = position + 1),
    CHECK ((stopped_at IS NULL) = (reason IS NULL))
) WITH (fillfactor = 50);

-- A document as its events up to a position made it, one row for each of them; the document is
-- NULL while it has not begun, and once it has gone. The event happened between `begins` and
-- `ends`. Of all events of the document up to here: `born` is the position of the first one that
-- can begin it, `begun_by` tells when it had certainly begun, `placed_by` from when on its lists
-- and counts were those of this row, `settled_by` when all of the events had certainly happened,
-- and `latest_begins` when the last of them in order of effect may have happened first.
CREATE TABLE documents (
    head integer NOT NULL,
    key uuid NOT NULL,
    position bigint NOT NULL,
    born bigint,
    begins timestamptz NOT NULL,
    ends timestamptz NOT NULL,
    begun_by timestamptz,
    placed_by timestamptz,
    settled_by timestamptz NOT NULL,
    latest_begins timestamptz NOT NULL,
    document bytea,
    PRIMARY KEY (head, key, position)
);
CREATE INDEX documents_position_idx ON documents (head, position);

-- The lists that hold a document, under a parent (or the nil UUID), of every kind ('') or of one:
-- it is in the list from the position `since` on, and no longer from `until` on. An entry that
-- ends where it begins holds the document at no position, but as of some instant.
CREATE TABLE list_entries (
    head integer NOT NULL,
    parent uuid NOT NULL,
    kind text NOT NULL,
    born bigint NOT NULL,
    key uuid NOT NULL,
    since bigint NOT NULL,
    until bigint
);
CREATE UNIQUE INDEX list_entries_living_idx ON list_entries (head, parent, kind, born, key)
 WHERE until IS NULL;
CREATE INDEX list_entries_ended_idx ON list_entries (head, parent, kind, until)
 WHERE until IS NOT NULL;
CREATE INDEX list_entries_since_idx ON list_entries (head, since);

-- How many documents under a parent have a value in a dimension, from a position on. The totals
-- of lists are counts too: their dimension is '', and their value is the kind.
CREATE TABLE counts (
    head integer NOT NULL,
    parent uuid NOT NULL,
    dimension text NOT NULL,
    value text NOT NULL,
    position bigint NOT NULL,
    total bigint NOT NULL,
    PRIMARY KEY (head, parent, dimension, value, position)
);

GRANT SELECT, INSERT, UPDATE, DELETE ON view_heads, list_entries TO intersessional_app;
GRANT SELECT, INSERT, DELETE ON documents, counts TO intersessional_app;


-- The functions below keep this script's search path. Their plans are made on tables that may
-- still be empty and are kept while they grow: sequential scans are off, so that the plans are
-- right for large ones, and JIT, which would take milliseconds for each call.

-- Move heads on and add what their views made of the events in between: all of it or, when
-- another has moved one of the heads, nothing.
CREATE FUNCTION advance_views(
    heads integer[], stood bigint[], stand bigint[], stops bigint[], reasons text[],
    document_heads integer[], keys uuid[], positions bigint[], births bigint[],
    begin timestamptz[], "end" timestamptz[], begun timestamptz[], placed timestamptz[],
    settled timestamptz[], latest timestamptz[], contents bytea[],
    entry_heads integer[], parents uuid[], kinds text[], entry_births bigint[], entry_keys uuid[],
    sinces bigint[], untils bigint[],
    left_heads integer[], left_parents uuid[], left_kinds text[], left_births bigint[],
    left_keys uuid[], left_at bigint[],
    count_heads integer[], count_parents uuid[], dimensions text[], "values" text[],
    count_positions bigint[], differences bigint[]
) RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT
    SET jit = off SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    moved integer;
BEGIN
    UPDATE view_heads
       SET position = next.stand, stopped_at = next.stop, reason = next.reason
      FROM unnest(heads, stood, stand, stops, reasons) AS next (id, stood, stand, stop, reason)
     WHERE view_heads.id = next.id AND view_heads.position = next.stood
       AND view_heads.stopped_at IS NULL;
    GET DIAGNOSTICS moved = ROW_COUNT;
    IF moved <> cardinality(heads) THEN
        RAISE EXCEPTION 'another has moved these views' USING ERRCODE = 'serialization_failure';
    END IF;

    INSERT INTO documents (head, key, position, born, begins, ends, begun_by, placed_by,
                           settled_by, latest_begins, document)
    SELECT * FROM unnest(document_heads, keys, positions, births, begin, "end", begun, placed,
                         settled, latest, contents);
    FOR n IN 1 .. cardinality(left_heads) LOOP
        UPDATE list_entries SET until = left_at[n]
         WHERE head = left_heads[n] AND parent = left_parents[n] AND kind = left_kinds[n]
           AND born = left_births[n] AND key = left_keys[n] AND until IS NULL;
    END LOOP;
    INSERT INTO list_entries (head, parent, kind, born, key, since, until)
    SELECT * FROM unnest(entry_heads, parents, kinds, entry_births, entry_keys, sinces, untils);
    INSERT INTO counts (head, parent, dimension, value, position, total)
    SELECT head, parent, dimension, value, position,
           sum(difference) OVER (PARTITION BY head, parent, dimension, value ORDER BY position)
           + coalesce((
               SELECT last.total FROM counts last
                WHERE last.head = new.head AND last.parent = new.parent
                  AND last.dimension = new.dimension AND last.value = new.value
                ORDER BY last.position DESC LIMIT 1
           ), 0)
      FROM unnest(count_heads, count_parents, dimensions, "values", count_positions, differences)
           AS new (head, parent, dimension, value, position, difference);
    NOTIFY view_heads;
END $$;

-- Serve those heads that have caught up with what is served (`beside`), or with the log when
-- nothing is. What is served does not move meanwhile, so no reader is sent back. One that has
-- stopped is served as far as it came when its view has nothing else to show.
CREATE FUNCTION serve_views(heads integer[], beside integer[]) RETURNS SETOF integer
    LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    enough bigint;
BEGIN
    SELECT min(position) INTO enough FROM (
        SELECT position FROM view_heads
         WHERE id = ANY (beside) AND served AND stopped_at IS NULL ORDER BY id FOR SHARE
    ) AS held;
    IF enough IS NULL THEN
        SELECT position INTO STRICT enough FROM head;
    END IF;
    RETURN QUERY UPDATE view_heads SET served = true
     WHERE id = ANY (heads) AND NOT served
       AND (position >= enough OR (stopped_at IS NOT NULL AND NOT EXISTS (
            SELECT FROM view_heads other WHERE other.view = view_heads.view AND other.served)))
    RETURNING id;
    IF FOUND THEN
        NOTIFY view_heads;
    END IF;
END $$;

-- The last row up to a position of each of these documents of several heads. (A row before the
-- first position is no event's: replay finds it, and must not use it.)
CREATE FUNCTION documents_by(heads integer[], keys uuid[], bound bigint) RETURNS SETOF documents
    LANGUAGE plpgsql STABLE SET search_path FROM CURRENT
    SET jit = off SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN QUERY
    SELECT d.* FROM unnest(heads, keys) AS wanted (head, key)
     CROSS JOIN LATERAL (
        SELECT * FROM documents
         WHERE documents.head = wanted.head AND documents.key = wanted.key
           AND documents.position BETWEEN 1 AND bound
         ORDER BY documents.position DESC LIMIT 1
     ) AS d;
END $$;

-- The positions of the events of these documents of several heads, up to a position.
CREATE FUNCTION events_by(heads integer[], keys uuid[], bound bigint)
    RETURNS TABLE (head integer, key uuid, "position" bigint)
    LANGUAGE plpgsql STABLE SET search_path FROM CURRENT
    SET jit = off SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT wanted.head, wanted.key, d.position FROM unnest(heads, keys) AS wanted (head, key)
      JOIN documents d ON d.head = wanted.head AND d.key = wanted.key
       AND d.position BETWEEN 1 AND bound
     ORDER BY d.position;
END $$;

-- The version of a view to read: the one that is asked for, else the newest that is served.
CREATE FUNCTION readable_head(name text, wanted integer) RETURNS view_heads
    LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
    readable view_heads;
BEGIN
    SELECT * INTO readable FROM view_heads WHERE view = name AND served
     ORDER BY version = wanted DESC, version DESC LIMIT 1;
    RETURN readable;
END $$;

-- The documents with these keys as they stood at a position; for each key one row, and none at
-- all when the view cannot be read.
CREATE FUNCTION documents_at(name text, version integer, keys uuid[], bound bigint)
    RETURNS TABLE (reached bigint, key uuid, born bigint, "position" bigint, begun_by timestamptz,
                   settled_by timestamptz, document bytea)
    LANGUAGE plpgsql STABLE SET search_path FROM CURRENT
    SET jit = off SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    readable view_heads := readable_head(name, version);
BEGIN
    RETURN QUERY
    SELECT readable.position, wanted.key, d.born, d.position, d.begun_by, d.settled_by, d.document
      FROM unnest(keys) AS wanted (key)
      LEFT JOIN LATERAL (
        SELECT * FROM documents
         WHERE head = readable.id AND key = wanted.key AND position <= bound
         ORDER BY position DESC LIMIT 1
      ) AS d ON true
     WHERE readable.id IS NOT NULL;
END $$;

-- Of each list how many documents it held at a position, and the next `size` of them after
-- another; of each list at least one row, and none when the view cannot be read. Entries that
-- have ended by the position are not looked at.
CREATE FUNCTION pages_at(name text, version integer, parents uuid[], kinds text[], bound bigint,
                         after_born bigint, after_key uuid, size integer)
    RETURNS TABLE (reached bigint, parent uuid, kind text, total bigint, key uuid, born bigint,
                   "position" bigint, settled_by timestamptz, document bytea)
    LANGUAGE plpgsql STABLE SET search_path FROM CURRENT
    SET jit = off SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    readable view_heads := readable_head(name, version);
BEGIN
    RETURN QUERY
    SELECT readable.position, wanted.parent, wanted.kind, coalesce(last.total, 0), item.key,
           item.born, item.position, item.settled_by, item.document
      FROM unnest(parents, kinds) AS wanted (parent, kind)
      LEFT JOIN LATERAL (
        SELECT total FROM counts
         WHERE head = readable.id AND parent = wanted.parent AND dimension = ''
           AND value = wanted.kind AND position <= bound
         ORDER BY position DESC LIMIT 1
      ) AS last ON true
      LEFT JOIN LATERAL (
        SELECT listed.key, listed.born, d.position, d.settled_by, d.document
          FROM (
            (SELECT key, born FROM list_entries
              WHERE head = readable.id AND parent = wanted.parent AND kind = wanted.kind
                AND until IS NULL AND since <= bound AND (born, key) > (after_born, after_key)
              ORDER BY born, key LIMIT size)
            UNION ALL
            (SELECT key, born FROM list_entries
              WHERE head = readable.id AND parent = wanted.parent AND kind = wanted.kind
                AND until > bound AND since <= bound AND (born, key) > (after_born, after_key)
              ORDER BY born, key LIMIT size)
            ORDER BY born, key LIMIT size
          ) AS listed
         CROSS JOIN LATERAL (
            SELECT * FROM documents
             WHERE head = readable.id AND key = listed.key AND position <= bound
             ORDER BY position DESC LIMIT 1
         ) AS d
      ) AS item ON true
     WHERE readable.id IS NOT NULL
     ORDER BY wanted.parent, wanted.kind, item.born, item.key;
END $$;

-- The same as of an instant, by which a document must certainly have begun. Each document that
-- was in the list at some position or instant is looked at. Those whose lists as of the instant
-- must be folded are told without their document, `placed` being false, and are not counted.
CREATE FUNCTION pages_as_of(name text, version integer, parents uuid[], kinds text[],
                            bound bigint, after_born bigint, after_key uuid, size integer,
                            instant timestamptz)
    RETURNS TABLE (reached bigint, parent uuid, kind text, total bigint, key uuid, born bigint,
                   "position" bigint, settled_by timestamptz, placed boolean, document bytea)
    LANGUAGE plpgsql STABLE SET search_path FROM CURRENT
    SET jit = off SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    readable view_heads := readable_head(name, version);
BEGIN
    RETURN QUERY
    WITH begun AS MATERIALIZED (
        SELECT wanted.parent, wanted.kind, listed.key, d.born, d.position, d.settled_by,
               d.placed_by <= instant AS placed
          FROM unnest(parents, kinds) AS wanted (parent, kind)
         CROSS JOIN LATERAL (
            SELECT key, bool_or(until IS NULL OR until > bound) AS now FROM (
                SELECT key, until FROM list_entries
                 WHERE head = readable.id AND parent = wanted.parent AND kind = wanted.kind
                   AND until IS NULL AND since <= bound
                UNION ALL
                SELECT key, until FROM list_entries
                 WHERE head = readable.id AND parent = wanted.parent AND kind = wanted.kind
                   AND until IS NOT NULL AND since <= bound
            ) AS entries GROUP BY key
         ) AS listed
         CROSS JOIN LATERAL (
            SELECT * FROM documents
             WHERE head = readable.id AND key = listed.key AND position <= bound
             ORDER BY position DESC LIMIT 1
         ) AS d
         WHERE d.begun_by <= instant AND (listed.now OR d.placed_by > instant)
    ), counted AS (
        SELECT parent, kind, count(*) FILTER (WHERE placed) AS total
          FROM begun GROUP BY parent, kind
    ), numbered AS (
        SELECT *, row_number() OVER (PARTITION BY parent, kind, placed ORDER BY born, key) AS number
          FROM begun WHERE NOT placed OR (born, key) > (after_born, after_key)
    )
    SELECT readable.position, wanted.parent, wanted.kind, coalesce(counted.total, 0), item.key,
           item.born, item.position, item.settled_by, item.placed, d.document
      FROM unnest(parents, kinds) AS wanted (parent, kind)
      LEFT JOIN counted ON counted.parent = wanted.parent AND counted.kind = wanted.kind
      LEFT JOIN numbered item ON item.parent = wanted.parent AND item.kind = wanted.kind
       AND (NOT item.placed OR item.number <= size)
      LEFT JOIN documents d ON d.head = readable.id AND d.key = item.key
       AND d.position = item.position AND item.placed
     WHERE readable.id IS NOT NULL
     ORDER BY wanted.parent, wanted.kind, item.born, item.key;
END $$;

-- The counts under these parents in a dimension as they stood at a position; for each parent at
-- least one row, and none when the view cannot be read.
CREATE FUNCTION counts_at(name text, version integer, parents uuid[], of_dimension text, bound bigint)
    RETURNS TABLE (reached bigint, parent uuid, value text, total bigint)
    LANGUAGE plpgsql STABLE SET search_path FROM CURRENT
    SET jit = off SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    readable view_heads := readable_head(name, version);
BEGIN
    RETURN QUERY
    SELECT readable.position, wanted.parent, counted.value, counted.total
      FROM unnest(parents) AS wanted (parent)
      LEFT JOIN LATERAL (
        WITH RECURSIVE found (value) AS (
            (SELECT value FROM counts
              WHERE head = readable.id AND parent = wanted.parent AND dimension = of_dimension
              ORDER BY value LIMIT 1)
            UNION ALL
            SELECT (SELECT value FROM counts
                     WHERE head = readable.id AND parent = wanted.parent
                       AND dimension = of_dimension AND value > found.value
                     ORDER BY value LIMIT 1)
              FROM found WHERE found.value IS NOT NULL
        )
        SELECT found.value, last.total FROM found CROSS JOIN LATERAL (
            SELECT total FROM counts
             WHERE head = readable.id AND parent = wanted.parent AND dimension = of_dimension
               AND value = found.value AND position <= bound
             ORDER BY position DESC LIMIT 1
        ) AS last
      ) AS counted ON true
     WHERE readable.id IS NOT NULL;
END $$;

-- The documents under these parents whose lists and counts at a position were not yet those as of
-- an instant; for each parent at least one row, and none when the view cannot be read.
CREATE FUNCTION unplaced_at(name text, version integer, parents uuid[], bound bigint,
                            instant timestamptz)
    RETURNS TABLE (reached bigint, parent uuid, key uuid, born bigint, "position" bigint,
                   begun_by timestamptz, settled_by timestamptz, document bytea)
    LANGUAGE plpgsql STABLE SET search_path FROM CURRENT
    SET jit = off SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    readable view_heads := readable_head(name, version);
BEGIN
    RETURN QUERY
    SELECT readable.position, wanted.parent, item.key, item.born, item.position, item.begun_by,
           item.settled_by, item.document
      FROM unnest(parents) AS wanted (parent)
      LEFT JOIN LATERAL (
        SELECT listed.key, d.born, d.position, d.begun_by, d.settled_by, d.document
          FROM (
            SELECT key FROM list_entries
             WHERE head = readable.id AND parent = wanted.parent AND until IS NULL
               AND since <= bound
            UNION
            SELECT key FROM list_entries
             WHERE head = readable.id AND parent = wanted.parent AND until IS NOT NULL
               AND since <= bound
          ) AS listed
         CROSS JOIN LATERAL (
            SELECT * FROM documents
             WHERE head = readable.id AND key = listed.key AND position <= bound
             ORDER BY position DESC LIMIT 1
         ) AS d
         WHERE d.begun_by > instant OR d.placed_by > instant
      ) AS item ON true
     WHERE readable.id IS NOT NULL;
END $$;

-- The events of these documents up to a position, but for those that had not even begun to happen
-- by an instant (NULL: all of them); none when the view cannot be read.
CREATE FUNCTION events_at(name text, version integer, keys uuid[], bound bigint,
                          instant timestamptz)
    RETURNS TABLE (reached bigint, key uuid, "position" bigint, certain boolean)
    LANGUAGE plpgsql STABLE SET search_path FROM CURRENT
    SET jit = off SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    readable view_heads := readable_head(name, version);
    moment timestamptz := coalesce(instant, 'infinity');
BEGIN
    RETURN QUERY
    SELECT readable.position, wanted.key, d.position, d.ends <= moment
      FROM unnest(keys) AS wanted (key)
      LEFT JOIN documents d
        ON d.head = readable.id AND d.key = wanted.key AND d.position <= bound
       AND d.begins <= moment
     WHERE readable.id IS NOT NULL
     ORDER BY wanted.key, d.position;
END $$;
