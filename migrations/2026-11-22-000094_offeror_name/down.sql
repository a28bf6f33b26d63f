ALTER TABLE offers DROP COLUMN offeror_name;
