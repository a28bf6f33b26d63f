CREATE TABLE mail_choices (
    person_id TEXT NOT NULL REFERENCES people (id),
    choice TEXT NOT NULL,
    off_at TIMESTAMP NOT NULL,
    CONSTRAINT mail_choices_pk PRIMARY KEY (person_id, choice),
    CONSTRAINT mail_choices_choice_ck CHECK (choice IN ('drafts', 'answers', 'joined'))
);
