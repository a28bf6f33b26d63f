DROP TABLE offer_presence;
CREATE TABLE offer_presence (
    offer_id TEXT NOT NULL REFERENCES offers (id),
    section TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES people (id),
    since TIMESTAMP NOT NULL,
    seen TIMESTAMP NOT NULL,
    PRIMARY KEY (offer_id, section, person_id)
);
