-- Indices for what is looked up on every request of its kind; what nothing asks for goes.
DROP INDEX links_by_account;
DROP INDEX audit_by_account;
CREATE INDEX links_by_reference ON links (reference);
CREATE INDEX flows_by_reference ON flows (reference);
CREATE INDEX audit_by_event ON audit (account_id, event, at);

-- The phone that was typed at the identity check, sealed: of those on file, the only one that this browser may see again.
ALTER TABLE flows ADD COLUMN phone TEXT NOT NULL DEFAULT '';
-- Which password opened the second step, by the time it was set: no other one may finish it.
ALTER TABLE flows ADD COLUMN password_at BIGINT;
