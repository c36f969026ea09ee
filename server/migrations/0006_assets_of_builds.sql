-- Script, WASM, style and icons of the builds that ran last: while nodes are exchanged, any of them may be asked for the files
-- of another one's build.
CREATE TABLE assets (
    -- The hash in the address.
    build TEXT NOT NULL,
    name TEXT NOT NULL,
    -- Base64.
    body TEXT NOT NULL,
    kept_at BIGINT NOT NULL,
    PRIMARY KEY (build, name)
);
