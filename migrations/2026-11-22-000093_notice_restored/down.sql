CREATE TABLE call_notices_next (
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
INSERT INTO call_notices_next (id, call_id, version_no, place, kind, happened_at, done_by, evidence, document_id, recorded_at, recorded_by)
SELECT id, call_id, version_no, place, kind, happened_at, done_by, evidence, document_id, recorded_at, recorded_by FROM call_notices WHERE kind <> 'restored';
DROP TABLE call_notices;
ALTER TABLE call_notices_next RENAME TO call_notices;
CREATE INDEX call_notices_call_ix ON call_notices (call_id);
