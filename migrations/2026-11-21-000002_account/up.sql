CREATE TABLE people (
    id TEXT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    password TEXT NOT NULL,
    roles TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    failures BIGINT NOT NULL,
    failed_at TIMESTAMP,
    created_at TIMESTAMP NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX people_email_uq ON people (email);

CREATE TABLE organisations (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    krs TEXT,
    nip TEXT NOT NULL,
    regon TEXT,
    content TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX organisations_nip_uq ON organisations (nip);

CREATE TABLE memberships (
    id TEXT NOT NULL PRIMARY KEY,
    org_id TEXT NOT NULL REFERENCES organisations (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    role TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    CONSTRAINT memberships_role_ck CHECK (role IN ('owner', 'editor', 'signatory'))
);
CREATE UNIQUE INDEX memberships_person_org_uq ON memberships (person_id, org_id);

CREATE TABLE sessions (
    token_hash TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people (id),
    created_at TIMESTAMP NOT NULL,
    seen_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
);
CREATE INDEX sessions_person_ix ON sessions (person_id);
