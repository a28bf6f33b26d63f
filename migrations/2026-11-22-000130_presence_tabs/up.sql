-- Who is in a part is kept for each card of the browser: `shown` is when somebody last looked at it (NULL: never). The rows
-- live for a minute, so none is carried over.
DROP TABLE offer_presence;
CREATE TABLE offer_presence (
    offer_id TEXT NOT NULL REFERENCES offers (id),
    section TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES people (id),
    tab TEXT NOT NULL,
    since TIMESTAMP NOT NULL,
    seen TIMESTAMP NOT NULL,
    shown TIMESTAMP,
    PRIMARY KEY (offer_id, section, person_id, tab)
);
