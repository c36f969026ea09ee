-- What people ask staff for in the portal: renewals and changes of contracts.
CREATE TABLE requests (
    id           TEXT PRIMARY KEY,
    kind         TEXT NOT NULL,
    state        TEXT NOT NULL,
    reference    TEXT NOT NULL UNIQUE,
    contract_id  TEXT NOT NULL,
    customer_id  TEXT NOT NULL,
    account_id   TEXT NOT NULL,
    -- The last day of the contract's term when it was asked for.
    term_ends_on TEXT NOT NULL,
    -- What was asked for, with the values from before.
    sealed       TEXT NOT NULL,
    created_at   BIGINT NOT NULL,
    moved_at     BIGINT NOT NULL
);
-- One open request of a kind for a contract, and one renewal of a term.
CREATE UNIQUE INDEX requests_open ON requests (contract_id, kind) WHERE state IN ('received', 'in-progress');
CREATE UNIQUE INDEX requests_renewal_of_term ON requests (contract_id, term_ends_on)
    WHERE kind = 'renewal' AND state IN ('received', 'in-progress', 'done');
CREATE INDEX requests_by_customer ON requests (customer_id, created_at);
CREATE INDEX requests_by_time ON requests (created_at);

CREATE TABLE request_history (
    id           TEXT PRIMARY KEY,
    request_id   TEXT NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
    at           BIGINT NOT NULL,
    state        TEXT NOT NULL,
    -- Why staff declined it, sealed; empty for none.
    reason       TEXT NOT NULL
);
CREATE INDEX request_history_by_request ON request_history (request_id, at);

-- A procedure that somebody has begun and not sent. It belongs to one session, and is found from it, the contract and the kind.
CREATE TABLE request_drafts (
    id           TEXT PRIMARY KEY,
    step         TEXT NOT NULL,
    reference    TEXT NOT NULL,
    -- What was typed, and what the last post left to be shown.
    sealed       TEXT NOT NULL,
    acted_at     BIGINT NOT NULL
);
CREATE INDEX request_drafts_by_acted ON request_drafts (acted_at);

-- Which reminder of a term was written, so that none is written twice.
CREATE TABLE renewal_reminders (
    contract_id  TEXT NOT NULL,
    term_ends_on TEXT NOT NULL,
    days         BIGINT NOT NULL,
    at           BIGINT NOT NULL,
    PRIMARY KEY (contract_id, term_ends_on, days)
);
CREATE INDEX renewal_reminders_by_time ON renewal_reminders (at);
-- Who wants no reminders.
CREATE TABLE reminder_opt_outs (
    account_id   TEXT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    at           BIGINT NOT NULL
);
CREATE INDEX contracts_by_end ON contracts (ends_on);
