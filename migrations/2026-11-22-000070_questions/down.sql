DROP TABLE calendar_links;
ALTER TABLE calls DROP COLUMN search;
DROP TABLE call_questions;
