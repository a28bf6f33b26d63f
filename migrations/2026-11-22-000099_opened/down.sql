ALTER TABLE calls DROP COLUMN opened_at;
