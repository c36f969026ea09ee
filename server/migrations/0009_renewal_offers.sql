-- What the insurer offers for the next term of a contract; nothing until it has told.
ALTER TABLE contracts ADD COLUMN next_premium_yen BIGINT;
ALTER TABLE contracts ADD COLUMN next_starts_on TEXT;
