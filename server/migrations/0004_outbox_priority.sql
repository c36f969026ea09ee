-- Codes leave before links, links before notices. A settled mail is of no interest to the worker: the index leaves it out.
ALTER TABLE outbox ADD COLUMN priority BIGINT NOT NULL DEFAULT 1;
UPDATE outbox SET priority = 0 WHERE kind = 'auth-code';
CREATE INDEX outbox_due ON outbox (priority, next_at) WHERE settled_at IS NULL;
DROP INDEX outbox_by_state;
