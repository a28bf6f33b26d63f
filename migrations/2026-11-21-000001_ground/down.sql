DROP TABLE local_rules;
DROP TABLE dated_values;
DROP TABLE documents;
DROP TABLE counters;
DROP TABLE jobs;
DROP TABLE outbox;
DROP TABLE audit_head;
DROP TABLE audit;
