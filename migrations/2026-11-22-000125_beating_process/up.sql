-- Which process beat last, by its host and address; a process that starts again knows by it that it was away.
ALTER TABLE heartbeat ADD COLUMN process TEXT;
