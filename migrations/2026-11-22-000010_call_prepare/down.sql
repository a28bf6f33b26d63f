DROP TABLE call_versions;
ALTER TABLE calls DROP COLUMN test;
