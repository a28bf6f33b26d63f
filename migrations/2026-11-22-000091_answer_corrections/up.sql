CREATE TABLE answer_corrections (
    id TEXT NOT NULL PRIMARY KEY,
    question_id TEXT NOT NULL REFERENCES call_questions (id),
    no BIGINT NOT NULL,
    before_text TEXT NOT NULL,
    since TIMESTAMP NOT NULL,
    reason TEXT NOT NULL,
    corrected_at TIMESTAMP NOT NULL,
    corrected_by TEXT NOT NULL,
    CONSTRAINT answer_corrections_no_ck CHECK (no >= 1)
);
CREATE INDEX answer_corrections_question_ix ON answer_corrections (question_id);
CREATE INDEX answer_corrections_at_ix ON answer_corrections (corrected_at);
