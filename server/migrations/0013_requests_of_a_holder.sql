-- A contract can pass to another customer. What its former holder asked for does not keep the new one from asking.
DROP INDEX requests_open;
DROP INDEX requests_renewal_of_term;
CREATE UNIQUE INDEX requests_open ON requests (contract_id, customer_id, kind) WHERE state IN ('received', 'in-progress');
CREATE UNIQUE INDEX requests_renewal_of_term ON requests (contract_id, customer_id, term_ends_on)
    WHERE kind = 'renewal' AND state IN ('received', 'in-progress', 'done');
