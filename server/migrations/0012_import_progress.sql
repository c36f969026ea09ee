-- Where an interrupted import goes on: up to which line of the file changed addresses are applied, and up to which line everything.
ALTER TABLE imports ADD COLUMN address_line BIGINT NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN applied_line BIGINT NOT NULL DEFAULT 0;
-- Numbers are not in the order of contracts, so that each new one cost a page of this index. Those of a contract stand in its row.
DROP INDEX contract_numbers_by_contract;
