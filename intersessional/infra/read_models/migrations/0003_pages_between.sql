-- Pages of lists between two cursors, in either direction.

-- Of each list how many documents it held at a position, and `size` of those between two others:
-- the first of them, or the last where `backward`, in the order of the list. Of each list at least
-- one row, and none when the view cannot be read. Entries that have ended by the position are not
-- looked at. With a size of 0 it tells the totals, and looks at no entry.
CREATE FUNCTION pages_between(name text, version integer, parents uuid[], kinds text[],
                              bound bigint, after_born bigint, after_key uuid,
                              before_born bigint, before_key uuid, size integer, backward boolean)
    RETURNS TABLE (reached bigint, parent uuid, kind text, total bigint, key uuid, born bigint,
                   "position" bigint, settled_by timestamptz, document bytea)
    LANGUAGE plpgsql STABLE SET search_path FROM CURRENT
    SET jit = off SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    readable view_heads := readable_head(name, version);
BEGIN
    -- A direction that the statement asked for row by row could not follow the index.
    IF backward THEN
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
                    AND until IS NULL AND since <= bound
                    AND (born, key) > (after_born, after_key)
                    AND (born, key) < (before_born, before_key)
                  ORDER BY born DESC, key DESC LIMIT size)
                UNION ALL
                (SELECT key, born FROM list_entries
                  WHERE head = readable.id AND parent = wanted.parent AND kind = wanted.kind
                    AND until > bound AND since <= bound
                    AND (born, key) > (after_born, after_key)
                    AND (born, key) < (before_born, before_key)
                  ORDER BY born DESC, key DESC LIMIT size)
                ORDER BY born DESC, key DESC LIMIT size
              ) AS listed
             CROSS JOIN LATERAL (
                SELECT * FROM documents
                 WHERE head = readable.id AND key = listed.key AND position <= bound
                 ORDER BY position DESC LIMIT 1
             ) AS d
          ) AS item ON true
         WHERE readable.id IS NOT NULL
         ORDER BY wanted.parent, wanted.kind, item.born, item.key;
        RETURN;
    END IF;
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
                AND until IS NULL AND since <= bound
                AND (born, key) > (after_born, after_key)
                AND (born, key) < (before_born, before_key)
              ORDER BY born, key LIMIT size)
            UNION ALL
            (SELECT key, born FROM list_entries
              WHERE head = readable.id AND parent = wanted.parent AND kind = wanted.kind
                AND until > bound AND since <= bound
                AND (born, key) > (after_born, after_key)
                AND (born, key) < (before_born, before_key)
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
CREATE FUNCTION pages_between_as_of(name text, version integer, parents uuid[], kinds text[],
                                    bound bigint, after_born bigint, after_key uuid,
                                    before_born bigint, before_key uuid, size integer,
                                    backward boolean, instant timestamptz)
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
        SELECT *,
               row_number() OVER (PARTITION BY parent, kind, placed ORDER BY born, key)
                   AS from_start,
               row_number() OVER (PARTITION BY parent, kind, placed ORDER BY born DESC, key DESC)
                   AS from_end
          FROM begun
         WHERE NOT placed
            OR ((born, key) > (after_born, after_key) AND (born, key) < (before_born, before_key))
    )
    SELECT readable.position, wanted.parent, wanted.kind, coalesce(counted.total, 0), item.key,
           item.born, item.position, item.settled_by, item.placed, d.document
      FROM unnest(parents, kinds) AS wanted (parent, kind)
      LEFT JOIN counted ON counted.parent = wanted.parent AND counted.kind = wanted.kind
      LEFT JOIN numbered item ON item.parent = wanted.parent AND item.kind = wanted.kind
       AND (NOT item.placed OR CASE WHEN backward THEN item.from_end ELSE item.from_start END <= size)
      LEFT JOIN documents d ON d.head = readable.id AND d.key = item.key
       AND d.position = item.position AND item.placed
     WHERE readable.id IS NOT NULL
     ORDER BY wanted.parent, wanted.kind, item.born, item.key;
END $$;
