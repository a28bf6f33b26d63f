-- The end of the time to supplement an offer, kept with the offer so that its own pages and calendars know it.
ALTER TABLE offers ADD COLUMN supplement_by TIMESTAMP;

-- The one call to supplement an offer: what is missing, until when, and what its organisation has prepared so far.
CREATE TABLE offer_summonses (
    offer_id TEXT NOT NULL PRIMARY KEY REFERENCES offers (id),
    call_id TEXT NOT NULL REFERENCES calls (id),
    defects TEXT NOT NULL,
    called_at TIMESTAMP NOT NULL,
    called_by TEXT NOT NULL,
    due_at TIMESTAMP NOT NULL,
    reply TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT offer_summonses_due_ck CHECK (due_at > called_at)
);
CREATE INDEX offer_summonses_call_ix ON offer_summonses (call_id);

-- What was handed in: canonical JSON that never changes, beside the version in force, which stays as it is.
CREATE TABLE offer_supplements (
    offer_id TEXT NOT NULL PRIMARY KEY REFERENCES offer_summonses (offer_id),
    content TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    arrived_at TIMESTAMP NOT NULL,
    given_by TEXT NOT NULL
);
