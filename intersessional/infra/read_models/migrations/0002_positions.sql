-- Where in the log something happened to some documents, for those who watch them: found in the
-- tables of the views, without a walk over the log.

-- The positions between two others of the next events of these documents, at most `size` of them;
-- no row when the view cannot be read. They are all of them up to `until`: the bound, the position
-- that the view has reached, or the last of them.
CREATE FUNCTION positions_of(name text, version integer, keys uuid[], after bigint, bound bigint,
                             size integer)
    RETURNS TABLE (until bigint, positions bigint[])
    LANGUAGE plpgsql STABLE SET search_path FROM CURRENT
    SET jit = off SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    readable view_heads := readable_head(name, version);
    found bigint[];
BEGIN
    IF readable.id IS NULL THEN
        RETURN;
    END IF;
    found := ARRAY(
        SELECT DISTINCT d.position
          FROM unnest(keys) AS wanted (key)
         CROSS JOIN LATERAL (
            SELECT position FROM documents
             WHERE head = readable.id AND key = wanted.key AND position > after
               AND position <= bound
             ORDER BY position LIMIT size
         ) AS d
         ORDER BY d.position LIMIT size
    );
    RETURN QUERY SELECT CASE WHEN cardinality(found) = size THEN found[size]
                             ELSE least(bound, readable.position) END, found;
END $$;

-- The same of all documents that a list held at some position after the first one, or which begin
-- in between. A list of more than `small` documents is not gone through: of the events of the view
-- at most `walked` positions are looked at, and `until` says so.
CREATE FUNCTION positions_in_list(name text, version integer, of_parent uuid, of_kind text,
                                  after bigint, bound bigint, size integer, small integer,
                                  walked integer)
    RETURNS TABLE (until bigint, positions bigint[])
    LANGUAGE plpgsql STABLE SET search_path FROM CURRENT
    SET jit = off SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    readable view_heads := readable_head(name, version);
    living uuid[];
    ended uuid[];
    last bigint;
    found bigint[];
BEGIN
    IF readable.id IS NULL THEN
        RETURN;
    END IF;
    ended := ARRAY(
        SELECT DISTINCT key FROM list_entries
         WHERE head = readable.id AND parent = of_parent AND kind = of_kind
           AND list_entries.until > after
    );
    living := ARRAY(
        SELECT key FROM list_entries
         WHERE head = readable.id AND parent = of_parent AND kind = of_kind
           AND list_entries.until IS NULL
         LIMIT small + 1
    );
    IF cardinality(living) + cardinality(ended) <= small THEN
        RETURN QUERY
        SELECT * FROM positions_of(name, version, living || ended, after, bound, size);
        RETURN;
    END IF;
    last := least(bound, readable.position, after + walked);
    found := ARRAY(
        SELECT DISTINCT d.position FROM documents d
         WHERE d.head = readable.id AND d.position > after AND d.position <= last
           AND (d.key = ANY (ended) OR EXISTS (
                SELECT FROM list_entries
                 WHERE head = readable.id AND parent = of_parent AND kind = of_kind
                   AND born = d.born AND key = d.key AND list_entries.until IS NULL
           ))
         ORDER BY d.position LIMIT size
    );
    RETURN QUERY SELECT CASE WHEN cardinality(found) = size THEN found[size] ELSE last END, found;
END $$;
