-- When the offers of a call were opened. The log knows when that was done; a call beyond that state which it does
-- not know of was opened at its deadline at the earliest.
ALTER TABLE calls ADD COLUMN opened_at TIMESTAMP;
UPDATE calls SET opened_at = (SELECT MIN(audit.at) FROM audit
    WHERE audit.object_id = calls.id AND audit.object_kind = 'call' AND audit.deed = 'call.open_offers');
UPDATE calls SET opened_at = deadline_at WHERE opened_at IS NULL AND state IN ('review', 'decided', 'published');
