-- The import of a contracts file: how far it is, and what remains to be applied. A row of the changes goes in the transaction that
-- applies it, so that an import that was interrupted goes on where it stopped.
CREATE TABLE imports (
    id               TEXT PRIMARY KEY,
    state            TEXT NOT NULL,
    actor            TEXT NOT NULL,
    rows_read        BIGINT NOT NULL,
    contracts        BIGINT NOT NULL,
    customers        BIGINT NOT NULL,
    changes          BIGINT NOT NULL,
    applied          BIGINT NOT NULL,
    user_ids_changed BIGINT NOT NULL,
    user_ids_kept    BIGINT NOT NULL,
    started_at       BIGINT NOT NULL,
    moved_at         BIGINT NOT NULL
);

CREATE TABLE import_changes (
    line             BIGINT PRIMARY KEY,
    -- What happens to the customer: 0 nothing, 1 new, 2 changed, 3 changed with another registered address.
    customer_change  BIGINT NOT NULL,
    -- What happens to the contract: 0 nothing, 1 new, 2 changed.
    contract_change  BIGINT NOT NULL,
    -- Whether its numbers change too.
    numbers_change   BIGINT NOT NULL,
    contract_id      TEXT NOT NULL,
    customer_id      TEXT NOT NULL,
    kana             TEXT NOT NULL,
    kana_key         TEXT NOT NULL,
    phone_1          TEXT NOT NULL,
    phone_2          TEXT,
    phone_3          TEXT,
    email            TEXT,
    email_key        TEXT,
    policy_number    TEXT,
    renewal_number   TEXT,
    quote_number     TEXT,
    product          TEXT NOT NULL,
    status           TEXT NOT NULL,
    starts_on        TEXT NOT NULL,
    ends_on          TEXT NOT NULL,
    vehicle          TEXT NOT NULL,
    plate            TEXT NOT NULL,
    displacement_cc  BIGINT NOT NULL,
    first_registered TEXT NOT NULL,
    usage            TEXT NOT NULL,
    rider_scope      TEXT NOT NULL,
    grade            BIGINT NOT NULL,
    bodily_injury    TEXT NOT NULL,
    property_damage  TEXT NOT NULL,
    personal_injury  TEXT NOT NULL,
    vehicle_cover    TEXT NOT NULL,
    roadside         TEXT NOT NULL,
    premium_yen      BIGINT NOT NULL,
    payment          TEXT NOT NULL,
    next_premium_yen BIGINT,
    next_starts_on   TEXT
);
