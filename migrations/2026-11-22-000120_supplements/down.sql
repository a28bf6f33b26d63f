DROP TABLE offer_supplements;
DROP TABLE offer_summonses;
UPDATE offers SET state = 'submitted' WHERE state IN ('to_supplement', 'supplemented');
DELETE FROM formal_checks WHERE outcome = 'to_supplement';
ALTER TABLE offers DROP COLUMN supplement_by;
