ALTER TABLE calls DROP COLUMN extensions;
