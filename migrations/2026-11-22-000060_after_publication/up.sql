CREATE TABLE call_amendments (
    id TEXT NOT NULL PRIMARY KEY,
    call_id TEXT NOT NULL REFERENCES calls (id),
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    content TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    created_by TEXT NOT NULL,
    CONSTRAINT call_amendments_state_ck CHECK (state IN ('draft', 'proposed', 'published', 'dropped'))
);
CREATE UNIQUE INDEX call_amendments_open_uq ON call_amendments (call_id) WHERE state IN ('draft', 'proposed');

CREATE TABLE call_notices (
    id TEXT NOT NULL PRIMARY KEY,
    call_id TEXT NOT NULL REFERENCES calls (id),
    version_no BIGINT NOT NULL,
    place TEXT NOT NULL,
    kind TEXT NOT NULL,
    happened_at TIMESTAMP NOT NULL,
    done_by TEXT NOT NULL,
    evidence TEXT NOT NULL,
    document_id TEXT REFERENCES documents (id),
    recorded_at TIMESTAMP NOT NULL,
    recorded_by TEXT NOT NULL,
    CONSTRAINT call_notices_kind_ck CHECK (kind IN ('posted', 'removed')),
    CONSTRAINT call_notices_version_ck CHECK (version_no >= 1)
);
CREATE INDEX call_notices_call_ix ON call_notices (call_id);

CREATE TABLE outages (
    id TEXT NOT NULL PRIMARY KEY,
    starts_at TIMESTAMP NOT NULL,
    ends_at TIMESTAMP NOT NULL,
    cause TEXT NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by TEXT NOT NULL,
    CONSTRAINT outages_order_ck CHECK (starts_at < ends_at)
);
CREATE INDEX outages_ends_ix ON outages (ends_at);

CREATE TABLE heartbeat (
    id BIGINT NOT NULL PRIMARY KEY,
    beat_at TIMESTAMP NOT NULL,
    CONSTRAINT heartbeat_single_ck CHECK (id = 1)
);
