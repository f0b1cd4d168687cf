-- The events of documents that may have happened by an instant, and those whose time a correction
-- may have changed.

-- Of each document the positions of its events up to `bound`, whether each had certainly happened
-- by `instant`, and nothing for those that certainly had not, but for those in `told_again`: the
-- corrections, and what they correct. Of each document at least one row, and none when the view
-- cannot be read.
CREATE FUNCTION events_happened(name text, version integer, keys uuid[], bound bigint,
                                instant timestamptz, told_again bigint[])
    RETURNS TABLE (reached bigint, key uuid, "position" bigint, certain boolean)
    LANGUAGE plpgsql STABLE SET search_path FROM CURRENT
    SET jit = off SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    readable view_heads := readable_head(name, version);
BEGIN
    RETURN QUERY
    SELECT readable.position, wanted.key, d.position, d.ends <= instant
      FROM unnest(keys) AS wanted (key)
      LEFT JOIN LATERAL (
        SELECT position, ends FROM documents
         WHERE head = readable.id AND key = wanted.key AND position <= bound AND begins <= instant
        UNION ALL
        SELECT position, ends FROM documents
         WHERE head = readable.id AND key = wanted.key AND position = ANY (told_again)
           AND position <= bound AND begins > instant
      ) AS d ON true
     WHERE readable.id IS NOT NULL
     ORDER BY wanted.key, d.position;
END $$;
