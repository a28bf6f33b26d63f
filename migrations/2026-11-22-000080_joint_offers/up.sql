CREATE TABLE offer_partners (
    id TEXT NOT NULL PRIMARY KEY,
    offer_id TEXT NOT NULL REFERENCES offers (id),
    org_id TEXT REFERENCES organisations (id),
    email TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    invited_at TIMESTAMP NOT NULL,
    invited_by TEXT NOT NULL,
    answered_at TIMESTAMP,
    answered_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    confirmation TEXT,
    CONSTRAINT offer_partners_state_ck CHECK (state IN ('invited', 'confirmed', 'declined', 'left')),
    CONSTRAINT offer_partners_confirmed_ck
        CHECK (state <> 'confirmed' OR (org_id IS NOT NULL AND confirmation IS NOT NULL))
);
CREATE INDEX offer_partners_offer_ix ON offer_partners (offer_id);
CREATE INDEX offer_partners_org_ix ON offer_partners (org_id);
CREATE UNIQUE INDEX offer_partners_org_uq ON offer_partners (offer_id, org_id)
    WHERE state <> 'left' AND org_id IS NOT NULL;
CREATE UNIQUE INDEX offer_partners_email_uq ON offer_partners (offer_id, email)
    WHERE state = 'invited' AND org_id IS NULL;
CREATE UNIQUE INDEX offer_partners_token_uq ON offer_partners (token_hash) WHERE token_hash <> '';
