-- Who is behind a pseudonym. The record knows the person and never the sign-in.

-- The subject is compared byte by byte, as issuers mean it: no collation makes two of them one.
CREATE TABLE persons (
    issuer text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL,
    person uuid NOT NULL UNIQUE,
    first_seen timestamptz NOT NULL,
    PRIMARY KEY (issuer, subject)
);

-- What signs the tokens of development mode: made once, the same for every node.
CREATE TABLE development_secret (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    secret bytea NOT NULL CHECK (length(secret) >= 32)
);

-- Who was signed out before the time: one token, or a person with every token issued up to then.
CREATE TABLE revocations (
    position bigint PRIMARY KEY,
    token bytea CHECK (length(token) = 32),
    person uuid,
    issued_until timestamptz,
    CHECK ((token IS NULL) <> (person IS NULL)),
    CHECK ((person IS NULL) = (issued_until IS NULL))
);

GRANT SELECT, INSERT ON persons, development_secret, revocations TO intersessional_app;
