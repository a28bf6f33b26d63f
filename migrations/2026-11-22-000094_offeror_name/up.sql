-- The name of the organisation in the version in force. Offers filed before this column was there take the name of today.
ALTER TABLE offers ADD COLUMN offeror_name TEXT;
UPDATE offers SET offeror_name = (SELECT organisations.name FROM organisations WHERE organisations.id = offers.org_id)
    WHERE frozen_no > 0;
