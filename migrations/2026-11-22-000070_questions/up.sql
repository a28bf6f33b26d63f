CREATE TABLE call_questions (
    id TEXT NOT NULL PRIMARY KEY,
    call_id TEXT NOT NULL REFERENCES calls (id),
    no BIGINT,
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    question TEXT NOT NULL,
    shown TEXT NOT NULL,
    answer TEXT NOT NULL,
    email TEXT NOT NULL,
    person_id TEXT REFERENCES people (id),
    token_hash TEXT,
    asked_at TIMESTAMP NOT NULL,
    confirmed_at TIMESTAMP,
    closed_at TIMESTAMP,
    closed_by TEXT NOT NULL,
    CONSTRAINT call_questions_state_ck CHECK (state IN ('unconfirmed', 'asked', 'answered', 'refused')),
    CONSTRAINT call_questions_no_ck CHECK (no IS NULL OR no >= 1)
);
CREATE INDEX call_questions_call_ix ON call_questions (call_id, state);
CREATE INDEX call_questions_token_ix ON call_questions (token_hash);

ALTER TABLE calls ADD COLUMN search TEXT NOT NULL DEFAULT '';

CREATE TABLE calendar_links (
    person_id TEXT NOT NULL PRIMARY KEY REFERENCES people (id),
    token_hash TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX calendar_links_token_ix ON calendar_links (token_hash);
