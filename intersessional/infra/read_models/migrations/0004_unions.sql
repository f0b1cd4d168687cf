-- Unions of lists: the documents of one author are in one list for each of them.

-- The documents that one of the lists of a union holds at a position, and the list `within` too,
-- where it has a kind, in the order of the lists; `numbers` say which union a list is of. As of an
-- instant (`ever`) all that they held at some position up to this one or instant, whether `within`
-- or not: who asks folds them. For each union at least one row, and none when the view cannot be
-- read.
CREATE FUNCTION keys_in_unions(name text, version integer, unions integer, numbers integer[],
                               parents uuid[], kinds text[], within_parent uuid, within_kind text,
                               bound bigint, ever boolean)
    RETURNS TABLE (reached bigint, number integer, born bigint, key uuid)
    LANGUAGE plpgsql STABLE SET search_path FROM CURRENT
    SET jit = off SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    readable view_heads := readable_head(name, version);
BEGIN
    RETURN QUERY
    WITH listed AS MATERIALIZED (
        SELECT DISTINCT wanted.number, entry.born, entry.key
          FROM unnest(numbers, parents, kinds) AS wanted (number, parent, kind)
         CROSS JOIN LATERAL (
            SELECT born, key FROM list_entries
             WHERE head = readable.id AND parent = wanted.parent AND kind = wanted.kind
               AND until IS NULL AND since <= bound
            UNION ALL
            SELECT born, key FROM list_entries
             WHERE head = readable.id AND parent = wanted.parent AND kind = wanted.kind
               AND until IS NOT NULL AND since <= bound AND (ever OR until > bound)
         ) AS entry
    ), found AS (
        SELECT * FROM listed
         WHERE ever OR within_kind IS NULL
            OR EXISTS (
                SELECT FROM list_entries
                 WHERE head = readable.id AND parent = within_parent AND kind = within_kind
                   AND born = listed.born AND key = listed.key
                   AND until IS NULL AND since <= bound)
            OR EXISTS (
                SELECT FROM list_entries
                 WHERE head = readable.id AND parent = within_parent AND kind = within_kind
                   AND key = listed.key AND until > bound AND since <= bound)
    )
    SELECT readable.position, one.number, found.born, found.key
      FROM generate_series(0, unions - 1) AS one (number)
      LEFT JOIN found ON found.number = one.number
     WHERE readable.id IS NOT NULL
     ORDER BY one.number, found.born, found.key;
END $$;
