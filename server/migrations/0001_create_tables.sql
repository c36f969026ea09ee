-- One text for SQLite and PostgreSQL: only TEXT and BIGINT. Times are milliseconds since 1970-01-01 UTC.
-- Identifiers are made in Rust. Tokens stand here only as SHA-256 (hex), secrets in mail only sealed.

CREATE TABLE customers (
    id           TEXT PRIMARY KEY,
    kana         TEXT NOT NULL,
    kana_key     TEXT NOT NULL,
    email        TEXT,
    email_key    TEXT,
    updated_at   BIGINT NOT NULL
);
CREATE INDEX customers_by_email ON customers (email_key);

CREATE TABLE customer_phones (
    customer_id  TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    phone        TEXT NOT NULL,
    PRIMARY KEY (customer_id, phone)
);

CREATE TABLE contracts (
    id             TEXT PRIMARY KEY,
    customer_id    TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    policy_number  TEXT,
    renewal_number TEXT,
    quote_number   TEXT,
    product        TEXT NOT NULL,
    status         TEXT NOT NULL,
    starts_on      TEXT NOT NULL,
    ends_on        TEXT NOT NULL,
    vehicle        TEXT NOT NULL,
    plate          TEXT NOT NULL,
    displacement_cc BIGINT NOT NULL,
    first_registered TEXT NOT NULL,
    usage          TEXT NOT NULL,
    rider_scope    TEXT NOT NULL,
    grade          BIGINT NOT NULL,
    bodily_injury  TEXT NOT NULL,
    property_damage TEXT NOT NULL,
    personal_injury TEXT NOT NULL,
    vehicle_cover  TEXT NOT NULL,
    roadside       TEXT NOT NULL,
    premium_yen    BIGINT NOT NULL,
    payment        TEXT NOT NULL,
    updated_at     BIGINT NOT NULL
);
CREATE INDEX contracts_by_customer ON contracts (customer_id);

-- Any of the three numbers identifies a contract; a number belongs to one contract only.
CREATE TABLE contract_numbers (
    number       TEXT PRIMARY KEY,
    contract_id  TEXT NOT NULL REFERENCES contracts (id) ON DELETE CASCADE
);
CREATE INDEX contract_numbers_by_contract ON contract_numbers (contract_id);

CREATE TABLE accounts (
    id             TEXT PRIMARY KEY,
    customer_id    TEXT NOT NULL UNIQUE REFERENCES customers (id),
    user_id        TEXT NOT NULL,
    user_key       TEXT NOT NULL UNIQUE,
    password_hash  TEXT NOT NULL,
    created_at     BIGINT NOT NULL,
    password_at    BIGINT NOT NULL
);

-- What one browser has reached in one flow. The step belongs to the server.
CREATE TABLE flows (
    id             TEXT PRIMARY KEY,
    kind           TEXT NOT NULL,
    step           TEXT NOT NULL,
    reference      TEXT NOT NULL,
    device         TEXT NOT NULL,
    customer_id    TEXT,
    account_id     TEXT,
    user_id        TEXT,
    user_key       TEXT,
    link_id        TEXT,
    mail_id        TEXT,
    enrolling      BIGINT NOT NULL,
    tries          BIGINT NOT NULL,
    sends          BIGINT NOT NULL,
    failures       BIGINT NOT NULL,
    sent_at        BIGINT,
    stepped_at     BIGINT NOT NULL,
    acted_at       BIGINT NOT NULL,
    created_at     BIGINT NOT NULL,
    flash          TEXT NOT NULL
);
CREATE INDEX flows_by_customer ON flows (customer_id);
CREATE INDEX flows_by_acted ON flows (acted_at);

CREATE TABLE links (
    id             TEXT PRIMARY KEY,
    token_hash     TEXT NOT NULL UNIQUE,
    kind           TEXT NOT NULL,
    reference      TEXT NOT NULL,
    customer_id    TEXT,
    account_id     TEXT,
    user_id        TEXT NOT NULL,
    user_key       TEXT NOT NULL,
    flow_id        TEXT NOT NULL,
    device         TEXT NOT NULL,
    password_hash  TEXT,
    created_at     BIGINT NOT NULL,
    expires_at     BIGINT NOT NULL,
    used_at        BIGINT,
    void_at        BIGINT,
    void_why       TEXT
);
CREATE INDEX links_by_customer ON links (customer_id);
CREATE INDEX links_by_account ON links (account_id);

CREATE TABLE codes (
    id             TEXT PRIMARY KEY,
    flow_id        TEXT NOT NULL,
    account_id     TEXT NOT NULL,
    nth            BIGINT NOT NULL,
    mac            TEXT NOT NULL,
    sent_at        BIGINT NOT NULL,
    expires_at     BIGINT NOT NULL,
    used_at        BIGINT
);
CREATE INDEX codes_by_flow ON codes (flow_id);

CREATE TABLE sessions (
    id             TEXT PRIMARY KEY,
    public_id      TEXT NOT NULL UNIQUE,
    account_id     TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    device         TEXT NOT NULL,
    created_at     BIGINT NOT NULL,
    seen_at        BIGINT NOT NULL,
    ended_at       BIGINT,
    ended_why      TEXT
);
CREATE INDEX sessions_by_account ON sessions (account_id);

-- A browser that has signed in to an account before: its wrong passwords are counted apart from a stranger's.
CREATE TABLE known_browsers (
    browser        TEXT NOT NULL,
    account_id     TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    seen_at        BIGINT NOT NULL,
    PRIMARY KEY (browser, account_id)
);

-- Every limit. `key` names what is counted with personal parts hashed.
CREATE TABLE counters (
    key            TEXT PRIMARY KEY,
    n              BIGINT NOT NULL,
    since          BIGINT NOT NULL,
    last           BIGINT NOT NULL
);

CREATE TABLE outbox (
    id             TEXT PRIMARY KEY,
    kind           TEXT NOT NULL,
    reference      TEXT NOT NULL,
    recipient      TEXT NOT NULL,
    sealed         TEXT NOT NULL,
    state          TEXT NOT NULL,
    attempts       BIGINT NOT NULL,
    next_at        BIGINT NOT NULL,
    lease_until    BIGINT NOT NULL,
    useless_at     BIGINT,
    created_at     BIGINT NOT NULL,
    settled_at     BIGINT,
    reply          TEXT NOT NULL
);
CREATE INDEX outbox_by_state ON outbox (state, next_at);
CREATE INDEX outbox_by_reference ON outbox (reference);

-- Where the transport `mailbox` delivers: read at /rehearsal/mailbox.
CREATE TABLE mailbox (
    id             TEXT PRIMARY KEY,
    recipient      TEXT NOT NULL,
    subject        TEXT NOT NULL,
    body_text      TEXT NOT NULL,
    body_html      TEXT NOT NULL,
    source         TEXT NOT NULL,
    received_at    BIGINT NOT NULL
);
CREATE INDEX mailbox_by_time ON mailbox (received_at);

CREATE TABLE audit (
    id             TEXT PRIMARY KEY,
    at             BIGINT NOT NULL,
    event          TEXT NOT NULL,
    actor          TEXT NOT NULL,
    customer_id    TEXT,
    account_id     TEXT,
    reference      TEXT NOT NULL,
    detail         TEXT NOT NULL
);
CREATE INDEX audit_by_reference ON audit (reference);
CREATE INDEX audit_by_account ON audit (account_id, at);
