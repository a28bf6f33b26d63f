ALTER TABLE heartbeat DROP COLUMN process;
