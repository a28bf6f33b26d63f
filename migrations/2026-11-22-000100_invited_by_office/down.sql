ALTER TABLE invitations DROP COLUMN demotes;
ALTER TABLE invitations DROP COLUMN by_office;
