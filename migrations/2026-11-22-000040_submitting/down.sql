DROP TABLE offer_confirmations;
ALTER TABLE offers DROP COLUMN draft;
