DROP TABLE heartbeat;
DROP TABLE outages;
DROP TABLE call_notices;
DROP TABLE call_amendments;
