-- What signs the session tokens of the page: made once, by the first node, the same for every node.
-- A node reads it, and can neither change nor remove it.
CREATE TABLE session_secret (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    secret bytea NOT NULL CHECK (length(secret) >= 32)
);

-- When a revoked token expires by itself, where that is known: nodes forget it then.
ALTER TABLE revocations ADD COLUMN expires_at timestamptz;
ALTER TABLE revocations ADD CHECK (expires_at IS NULL OR token IS NOT NULL);

GRANT SELECT, INSERT ON session_secret TO intersessional_app;
