CREATE TABLE offer_uploads (
    id TEXT NOT NULL PRIMARY KEY,
    offer_id TEXT NOT NULL REFERENCES offers (id),
    ask_key TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES people (id),
    name TEXT NOT NULL,
    size BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    modified BIGINT NOT NULL,
    pieces TEXT NOT NULL,
    begun_at TIMESTAMP NOT NULL,
    touched_at TIMESTAMP NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT offer_uploads_size_ck CHECK (size > 0)
);
CREATE UNIQUE INDEX offer_uploads_place_uq ON offer_uploads (offer_id, ask_key, person_id);
