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

-- A document as the event at a position left it. The event happened between `begins` and `ends`;
-- of all the document's events up to here, `begun_by` tells when it had certainly begun, and
-- `settled_by` when all of them had certainly happened.
CREATE TABLE documents (
    head integer NOT NULL,
    position bigint NOT NULL,
    key uuid NOT NULL,
    born bigint NOT NULL,
    begins timestamptz NOT NULL,
    ends timestamptz NOT NULL,
    begun_by timestamptz NOT NULL,
    settled_by timestamptz NOT NULL,
    document bytea NOT NULL,
    PRIMARY KEY (head, position)
);
CREATE UNIQUE INDEX documents_key_idx ON documents (head, key, position);

-- Where documents are found: under a parent (or the nil UUID), among all (the kind '') and among
-- those of a kind, numbered in the order they were born. The number is what a count would tell.
CREATE TABLE shelves (
    head integer NOT NULL,
    parent uuid NOT NULL,
    kind text NOT NULL,
    born bigint NOT NULL,
    ordinal bigint NOT NULL,
    key uuid NOT NULL,
    PRIMARY KEY (head, parent, kind, born)
);

GRANT SELECT, INSERT, UPDATE, DELETE ON view_heads TO intersessional_app;
GRANT SELECT, INSERT, DELETE ON documents, shelves TO intersessional_app;


-- The functions below keep this script's search path. Their plans are made on tables that may
-- still be empty and are kept while they grow: sequential scans are off, so that the plans are
-- right for large ones, and JIT, which would take milliseconds for each call.

-- Move heads on and add what their views made of the events in between: all of it or, when
-- another has moved one of the heads, nothing.
CREATE FUNCTION advance_views(
    heads integer[], stood bigint[], stand bigint[], stops bigint[], reasons text[],
    document_heads integer[], positions bigint[], keys uuid[], births bigint[],
    begin timestamptz[], "end" timestamptz[], begun timestamptz[], settled timestamptz[],
    contents bytea[],
    shelf_heads integer[], parents uuid[], kinds text[], shelf_births bigint[], shelf_keys uuid[]
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

    INSERT INTO documents (head, position, key, born, begins, ends, begun_by, settled_by, document)
    SELECT * FROM unnest(document_heads, positions, keys, births, begin, "end", begun, settled,
                         contents);
    INSERT INTO shelves (head, parent, kind, born, ordinal, key)
    SELECT head, parent, kind, born,
           row_number() OVER (PARTITION BY head, parent, kind ORDER BY born) + coalesce((
               SELECT last.ordinal FROM shelves last
                WHERE last.head = new.head AND last.parent = new.parent AND last.kind = new.kind
                ORDER BY last.born DESC LIMIT 1
           ), 0),
           key
      FROM unnest(shelf_heads, parents, kinds, shelf_births, shelf_keys)
           AS new (head, parent, kind, born, key);
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

-- The documents of several heads as they stood at a position.
CREATE FUNCTION documents_by(heads integer[], keys uuid[], until bigint)
    RETURNS TABLE (head integer, key uuid, "position" bigint, born bigint, begins timestamptz,
                   ends timestamptz, begun_by timestamptz, settled_by timestamptz, document bytea)
    LANGUAGE plpgsql STABLE SET search_path FROM CURRENT
    SET jit = off SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT wanted.head, wanted.key, d.position, d.born, d.begins, d.ends, d.begun_by,
           d.settled_by, d.document
      FROM unnest(heads, keys) AS wanted (head, key)
     CROSS JOIN LATERAL (
        SELECT * FROM documents
         WHERE head = wanted.head AND key = wanted.key AND position <= until
         ORDER BY position DESC LIMIT 1
     ) AS d;
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
CREATE FUNCTION documents_at(name text, version integer, keys uuid[], until bigint)
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
         WHERE head = readable.id AND key = wanted.key AND position <= until
         ORDER BY position DESC LIMIT 1
      ) AS d ON true
     WHERE readable.id IS NOT NULL;
END $$;

-- Of each list how many documents it held at a position, and the next `size` of them
-- born after another; of each list at least one row, and none when the view cannot be read.
CREATE FUNCTION pages_at(name text, version integer, parents uuid[], of_kinds text[], until bigint,
                         after bigint, size integer)
    RETURNS TABLE (reached bigint, parent uuid, kind text, total bigint, key uuid, born bigint,
                   "position" bigint, settled_by timestamptz, document bytea)
    LANGUAGE plpgsql STABLE SET search_path FROM CURRENT
    SET jit = off SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    readable view_heads := readable_head(name, version);
BEGIN
    RETURN QUERY
    SELECT readable.position, wanted.parent, wanted.kind, coalesce(last.ordinal, 0), item.key, item.born,
           item.position, item.settled_by, item.document
      FROM unnest(parents, of_kinds) AS wanted (parent, kind)
      LEFT JOIN LATERAL (
        SELECT ordinal FROM shelves
         WHERE head = readable.id AND parent = wanted.parent AND kind = wanted.kind AND born <= until
         ORDER BY born DESC LIMIT 1
      ) AS last ON true
      LEFT JOIN LATERAL (
        SELECT s.key, s.born, d.position, d.settled_by, d.document
          FROM shelves s CROSS JOIN LATERAL (
            SELECT * FROM documents
             WHERE head = readable.id AND key = s.key AND position <= until
             ORDER BY position DESC LIMIT 1
          ) AS d
         WHERE s.head = readable.id AND s.parent = wanted.parent AND s.kind = wanted.kind
           AND s.born > after AND s.born <= until
         ORDER BY s.born LIMIT size
      ) AS item ON true
     WHERE readable.id IS NOT NULL
     ORDER BY wanted.parent, wanted.kind, item.born;
END $$;

-- The same, of what had certainly begun by an instant. Whether it had depends on the events up to
-- the position, so every document of the shelf is looked at.
CREATE FUNCTION pages_begun_by(name text, version integer, parents uuid[], of_kinds text[],
                               until bigint, after bigint, size integer, instant timestamptz)
    RETURNS TABLE (reached bigint, parent uuid, kind text, total bigint, key uuid, born bigint,
                   "position" bigint, settled_by timestamptz, document bytea)
    LANGUAGE plpgsql STABLE SET search_path FROM CURRENT
    SET jit = off SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    readable view_heads := readable_head(name, version);
BEGIN
    RETURN QUERY
    WITH begun AS MATERIALIZED (
        SELECT wanted.parent, wanted.kind, s.key, s.born, d.position, d.settled_by
          FROM unnest(parents, of_kinds) AS wanted (parent, kind)
          JOIN shelves s ON s.head = readable.id AND s.parent = wanted.parent
           AND s.kind = wanted.kind AND s.born <= until
         CROSS JOIN LATERAL (
            SELECT * FROM documents
             WHERE head = readable.id AND key = s.key AND position <= until
             ORDER BY position DESC LIMIT 1
         ) AS d
         WHERE d.begun_by <= instant
    ), counted AS (
        SELECT parent, kind, count(*) AS total FROM begun GROUP BY parent, kind
    ), numbered AS (
        SELECT *, row_number() OVER (PARTITION BY parent, kind ORDER BY born) AS number
          FROM begun WHERE born > after
    )
    SELECT readable.position, wanted.parent, wanted.kind, coalesce(counted.total, 0), item.key, item.born,
           item.position, item.settled_by, d.document
      FROM unnest(parents, of_kinds) AS wanted (parent, kind)
      LEFT JOIN counted ON counted.parent = wanted.parent AND counted.kind = wanted.kind
      LEFT JOIN numbered item
        ON item.parent = wanted.parent AND item.kind = wanted.kind AND item.number <= size
      LEFT JOIN documents d ON d.head = readable.id AND d.position = item.position
     WHERE readable.id IS NOT NULL
     ORDER BY wanted.parent, wanted.kind, item.born;
END $$;

-- The events of these documents up to a position, but for those that had not even begun to happen
-- by an instant (NULL: all of them); none when the view cannot be read.
CREATE FUNCTION events_at(name text, version integer, keys uuid[], until bigint,
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
        ON d.head = readable.id AND d.key = wanted.key AND d.position <= until
       AND d.begins <= moment
     WHERE readable.id IS NOT NULL
     ORDER BY wanted.key, d.position;
END $$;
