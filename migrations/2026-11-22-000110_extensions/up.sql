-- Decisions that gave one organisation a later deadline in a call, as a JSON list; none is NULL.
ALTER TABLE calls ADD COLUMN extensions TEXT;
