-- What lets an answer be given again that got lost on its way to the browser.

-- Drawn when a flow goes on under a new token. The new token follows from the old one, this and the server's key: so
-- whoever proves the same once more with the old token is given the same new one.
ALTER TABLE flows ADD COLUMN renewal TEXT NOT NULL DEFAULT '';
-- When the browser first showed the session's cookie: the answer that carried it has arrived.
ALTER TABLE sessions ADD COLUMN arrived_at BIGINT;
-- SHA-256 of the cookie of the browser that used the link.
ALTER TABLE links ADD COLUMN used_by TEXT;
