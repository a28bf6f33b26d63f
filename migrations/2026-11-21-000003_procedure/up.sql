CREATE TABLE programmes (
    id TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    content TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    created_by TEXT NOT NULL
);

CREATE TABLE calls (
    id TEXT NOT NULL PRIMARY KEY,
    programme_id TEXT NOT NULL REFERENCES programmes (id),
    number TEXT,
    title TEXT NOT NULL,
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    rules_code TEXT NOT NULL,
    allocation BIGINT NOT NULL,
    content TEXT NOT NULL,
    terms_hash TEXT,
    announced_at TIMESTAMP,
    deadline_at TIMESTAMP,
    created_at TIMESTAMP NOT NULL,
    created_by TEXT NOT NULL,
    CONSTRAINT calls_allocation_ck CHECK (allocation >= 0)
);
CREATE UNIQUE INDEX calls_number_uq ON calls (number) WHERE number IS NOT NULL;

CREATE TABLE offers (
    id TEXT NOT NULL PRIMARY KEY,
    call_id TEXT NOT NULL REFERENCES calls (id),
    org_id TEXT NOT NULL REFERENCES organisations (id),
    number TEXT,
    title TEXT NOT NULL,
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    grant_amount BIGINT NOT NULL,
    content TEXT NOT NULL,
    frozen_no BIGINT NOT NULL,
    submitted_at TIMESTAMP,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    created_by TEXT NOT NULL,
    CONSTRAINT offers_grant_ck CHECK (grant_amount >= 0)
);
CREATE UNIQUE INDEX offers_one_live_uq ON offers (call_id, org_id) WHERE state <> 'withdrawn';
CREATE UNIQUE INDEX offers_number_uq ON offers (number) WHERE number IS NOT NULL;
CREATE INDEX offers_org_ix ON offers (org_id);

CREATE TABLE offer_versions (
    offer_id TEXT NOT NULL REFERENCES offers (id),
    no BIGINT NOT NULL,
    content TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    arrived_at TIMESTAMP NOT NULL,
    submitted_by TEXT NOT NULL,
    PRIMARY KEY (offer_id, no)
);

CREATE TABLE formal_checks (
    offer_id TEXT NOT NULL PRIMARY KEY REFERENCES offers (id),
    call_id TEXT NOT NULL REFERENCES calls (id),
    content TEXT NOT NULL,
    outcome TEXT NOT NULL,
    version BIGINT NOT NULL,
    decided_at TIMESTAMP NOT NULL,
    decided_by TEXT NOT NULL
);

CREATE TABLE seats (
    id TEXT NOT NULL PRIMARY KEY,
    call_id TEXT NOT NULL REFERENCES calls (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    kind TEXT NOT NULL,
    side TEXT NOT NULL,
    indicated_by TEXT NOT NULL,
    declared_at TIMESTAMP,
    declaration TEXT,
    statement TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX seats_call_person_uq ON seats (call_id, person_id);
CREATE INDEX seats_person_ix ON seats (person_id);

CREATE TABLE scores (
    id TEXT NOT NULL PRIMARY KEY,
    offer_id TEXT NOT NULL REFERENCES offers (id),
    seat_id TEXT NOT NULL REFERENCES seats (id),
    call_id TEXT NOT NULL REFERENCES calls (id),
    total BIGINT NOT NULL,
    content TEXT NOT NULL,
    sealed_at TIMESTAMP,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX scores_offer_seat_uq ON scores (offer_id, seat_id);
CREATE INDEX scores_call_ix ON scores (call_id);

CREATE TABLE awards (
    id TEXT NOT NULL PRIMARY KEY,
    call_id TEXT NOT NULL REFERENCES calls (id),
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    content TEXT NOT NULL,
    decided_at TIMESTAMP,
    decided_by TEXT NOT NULL,
    published_at TIMESTAMP
);
CREATE UNIQUE INDEX awards_call_uq ON awards (call_id);

CREATE TABLE contracts (
    id TEXT NOT NULL PRIMARY KEY,
    call_id TEXT NOT NULL REFERENCES calls (id),
    offer_id TEXT NOT NULL REFERENCES offers (id),
    org_id TEXT NOT NULL REFERENCES organisations (id),
    number TEXT NOT NULL,
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    grant_amount BIGINT NOT NULL,
    starts DATE NOT NULL,
    ends DATE NOT NULL,
    content TEXT NOT NULL,
    sha256 TEXT,
    document_id TEXT,
    signed_on DATE,
    created_at TIMESTAMP NOT NULL,
    created_by TEXT NOT NULL,
    CONSTRAINT contracts_grant_ck CHECK (grant_amount >= 0)
);
CREATE UNIQUE INDEX contracts_offer_uq ON contracts (offer_id);
CREATE UNIQUE INDEX contracts_number_uq ON contracts (number);
CREATE INDEX contracts_org_ix ON contracts (org_id);

CREATE TABLE tranches (
    id TEXT NOT NULL PRIMARY KEY,
    contract_id TEXT NOT NULL REFERENCES contracts (id),
    no BIGINT NOT NULL,
    due_on DATE NOT NULL,
    amount BIGINT NOT NULL,
    condition TEXT NOT NULL
);
CREATE UNIQUE INDEX tranches_no_uq ON tranches (contract_id, no);

CREATE TABLE payments (
    id TEXT NOT NULL PRIMARY KEY,
    contract_id TEXT NOT NULL REFERENCES contracts (id),
    kind TEXT NOT NULL,
    tranche_no BIGINT,
    amount BIGINT NOT NULL,
    paid_on DATE NOT NULL,
    reference TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    created_by TEXT NOT NULL,
    CONSTRAINT payments_amount_ck CHECK (amount > 0)
);
CREATE UNIQUE INDEX payments_tranche_uq ON payments (contract_id, tranche_no) WHERE tranche_no IS NOT NULL;

CREATE TABLE reports (
    id TEXT NOT NULL PRIMARY KEY,
    contract_id TEXT NOT NULL REFERENCES contracts (id),
    no BIGINT NOT NULL,
    kind TEXT NOT NULL,
    period_from DATE NOT NULL,
    period_to DATE NOT NULL,
    due_on DATE NOT NULL,
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    content TEXT NOT NULL,
    sha256 TEXT,
    submitted_at TIMESTAMP,
    created_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX reports_no_uq ON reports (contract_id, no);

CREATE TABLE report_versions (
    report_id TEXT NOT NULL REFERENCES reports (id),
    no BIGINT NOT NULL,
    content TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    arrived_at TIMESTAMP NOT NULL,
    submitted_by TEXT NOT NULL,
    PRIMARY KEY (report_id, no)
);

CREATE TABLE hours (
    id TEXT NOT NULL PRIMARY KEY,
    contract_id TEXT NOT NULL REFERENCES contracts (id),
    report_id TEXT NOT NULL REFERENCES reports (id),
    line BIGINT NOT NULL,
    group_code TEXT NOT NULL,
    trainer TEXT NOT NULL,
    day DATE NOT NULL,
    from_minute BIGINT NOT NULL,
    to_minute BIGINT NOT NULL,
    topic TEXT NOT NULL,
    present BIGINT NOT NULL,
    absent BIGINT NOT NULL,
    individual BOOLEAN NOT NULL,
    place TEXT NOT NULL,
    CONSTRAINT hours_span_ck CHECK (from_minute >= 0 AND to_minute <= 1440 AND from_minute < to_minute)
);
CREATE INDEX hours_report_ix ON hours (report_id, line);
CREATE INDEX hours_contract_ix ON hours (contract_id);

CREATE TABLE report_costs (
    id TEXT NOT NULL PRIMARY KEY,
    report_id TEXT NOT NULL REFERENCES reports (id),
    line BIGINT NOT NULL,
    item TEXT NOT NULL,
    name TEXT NOT NULL,
    planned BIGINT NOT NULL,
    actual BIGINT NOT NULL,
    from_grant BIGINT NOT NULL
);
CREATE INDEX report_costs_report_ix ON report_costs (report_id, line);

CREATE TABLE settlements (
    id TEXT NOT NULL PRIMARY KEY,
    contract_id TEXT NOT NULL REFERENCES contracts (id),
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    content TEXT NOT NULL,
    closed_at TIMESTAMP,
    closed_by TEXT NOT NULL
);
CREATE UNIQUE INDEX settlements_contract_uq ON settlements (contract_id);
