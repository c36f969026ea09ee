-- Which rule the name keys of the customers follow (KanaName::KEY_VERSION). Where it is older than the program's, they are made
-- anew after the migrations.
CREATE TABLE name_keys (
    id BIGINT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL
);
INSERT INTO name_keys (id, version) VALUES (1, 0);
