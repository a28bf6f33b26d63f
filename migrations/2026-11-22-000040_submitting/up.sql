ALTER TABLE offers ADD COLUMN draft TEXT;

CREATE TABLE offer_confirmations (
    id TEXT NOT NULL PRIMARY KEY,
    offer_id TEXT NOT NULL REFERENCES offers (id),
    version_no BIGINT NOT NULL,
    document_id TEXT NOT NULL REFERENCES documents (id),
    content TEXT NOT NULL,
    given_at TIMESTAMP NOT NULL,
    given_by TEXT NOT NULL,
    CONSTRAINT offer_confirmations_version_ck CHECK (version_no >= 1)
);
CREATE INDEX offer_confirmations_offer_ix ON offer_confirmations (offer_id);
