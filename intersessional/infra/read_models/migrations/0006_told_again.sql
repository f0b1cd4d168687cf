-- The same rows as before, at a price of what there is to tell again and not of its product with the
-- documents: what a correction may have moved is looked up by its position, once for all documents.
CREATE OR REPLACE FUNCTION events_happened(
    name text, version integer, keys uuid[], bound bigint, instant timestamptz, told_again bigint[])
    RETURNS TABLE (reached bigint, key uuid, "position" bigint, certain boolean)
    LANGUAGE plpgsql STABLE SET search_path FROM CURRENT
    SET jit = off SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    readable view_heads := readable_head(name, version);
BEGIN
    RETURN QUERY
    SELECT readable.position, found.key, found.position, found.ends <= instant FROM (
        SELECT wanted.key, d.position, d.ends
          FROM unnest(keys) AS wanted (key)
          LEFT JOIN LATERAL (
            SELECT position, ends FROM documents
             WHERE head = readable.id AND key = wanted.key AND position <= bound
               AND begins <= instant
          ) AS d ON true
         WHERE readable.id IS NOT NULL
        UNION ALL
        SELECT wanted.key, again.position, again.ends
          FROM unnest(keys) AS wanted (key)
          JOIN (
            SELECT d.key, d.position, d.ends
              FROM unnest(told_again) AS told (position)
             CROSS JOIN LATERAL (
                SELECT key, position, ends, begins FROM documents
                 WHERE head = readable.id AND position = told.position
             ) AS d
             WHERE d.position <= bound AND d.begins > instant
          ) AS again ON again.key = wanted.key
    ) AS found
     ORDER BY found.key, found.position;
END $$;
