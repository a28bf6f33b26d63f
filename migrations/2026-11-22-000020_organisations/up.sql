CREATE TABLE invitations (
    id TEXT NOT NULL PRIMARY KEY,
    org_id TEXT NOT NULL REFERENCES organisations (id),
    email TEXT NOT NULL,
    role TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    state TEXT NOT NULL,
    invited_by TEXT NOT NULL REFERENCES people (id),
    created_at TIMESTAMP NOT NULL,
    sent_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    closed_at TIMESTAMP,
    version BIGINT NOT NULL,
    CONSTRAINT invitations_role_ck CHECK (role IN ('owner', 'editor', 'signatory')),
    CONSTRAINT invitations_state_ck CHECK (state IN ('pending', 'accepted', 'withdrawn'))
);
CREATE UNIQUE INDEX invitations_token_uq ON invitations (token_hash);
CREATE UNIQUE INDEX invitations_pending_uq ON invitations (org_id, email) WHERE state = 'pending';

CREATE TABLE offer_attachments (
    id TEXT NOT NULL PRIMARY KEY,
    offer_id TEXT NOT NULL REFERENCES offers (id),
    ask_key TEXT NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size BIGINT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    added_by TEXT NOT NULL,
    added_at TIMESTAMP NOT NULL,
    removed_at TIMESTAMP,
    version BIGINT NOT NULL,
    CONSTRAINT offer_attachments_state_ck CHECK (state IN ('accepted', 'quarantined', 'refused')),
    CONSTRAINT offer_attachments_size_ck CHECK (size > 0)
);
CREATE INDEX offer_attachments_offer_ix ON offer_attachments (offer_id);
CREATE UNIQUE INDEX offer_attachments_live_uq ON offer_attachments (offer_id, ask_key, sha256)
    WHERE removed_at IS NULL AND state <> 'refused';
