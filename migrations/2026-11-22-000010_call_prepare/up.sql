ALTER TABLE calls ADD COLUMN test BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE call_versions (
    call_id TEXT NOT NULL REFERENCES calls (id),
    no BIGINT NOT NULL,
    content TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    announced_at TIMESTAMP NOT NULL,
    announced_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (call_id, no)
);

INSERT INTO call_versions (call_id, no, content, sha256, announced_at, announced_by, reason)
SELECT id, 1, content, terms_hash, announced_at,
    COALESCE((SELECT MAX(actor) FROM audit WHERE object_id = calls.id AND deed = 'call.announce'), created_by),
    'ogłoszenie konkursu'
FROM calls
WHERE state IN ('announced', 'review', 'decided') AND terms_hash IS NOT NULL AND announced_at IS NOT NULL;
