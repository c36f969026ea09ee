-- The one row that is written to see whether this database takes writes.
CREATE TABLE readiness (
    id INTEGER NOT NULL PRIMARY KEY,
    checked_at BIGINT NOT NULL
);
INSERT INTO readiness (id, checked_at) VALUES (1, 0);
