ALTER TABLE organisations DROP COLUMN test;
