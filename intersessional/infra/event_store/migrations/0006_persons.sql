-- What a person wrote is found by what can be erased: no list of the views names a person whose id
-- is sealed.

SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);

-- The openings that may hold the id of a person: a UUID as JSON has 38 bytes. Whoever erases an
-- opening takes it out of here. Other texts of this length are in it too.
CREATE INDEX openings_person_idx ON openings (value) WHERE octet_length(value) = 38;

-- The commitments that hold the ids of these persons, wherever they were sealed up to a position;
-- none that was erased, or that nobody may read.
CREATE FUNCTION commitments_of_persons(persons uuid[], bound bigint)
    RETURNS TABLE (person uuid, commitment bytea)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT
    SET jit = off SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT wanted.person, o.commitment
      FROM unnest(persons) AS wanted (person)
      JOIN openings o ON o.value = convert_to('"' || wanted.person || '"', 'UTF8')
       AND octet_length(o.value) = 38 AND o.position <= bound
      LEFT JOIN LATERAL (
        SELECT access FROM text_access
         WHERE commitment = o.commitment ORDER BY position DESC LIMIT 1
      ) AS last ON true
     WHERE last.access IS NULL;
END $$;

REVOKE ALL ON FUNCTION commitments_of_persons(uuid[], bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION commitments_of_persons(uuid[], bigint) TO intersessional_app;
