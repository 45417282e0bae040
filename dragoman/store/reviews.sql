-- What people decide about claims (reviews), and what earlier runs had coded (earlier). What becomes of the claims
-- by it is in reviewed.sql.

CREATE TABLE reviews (               -- append-only: a decision is taken back by another row
    number BIGINT PRIMARY KEY,       -- in the order in which they were made
    claim VARCHAR NOT NULL,          -- the id, a hash of document, spans and type: it survives re-runs
    document VARCHAR NOT NULL, trigger_start INTEGER NOT NULL, trigger_end INTEGER NOT NULL,
    type VARCHAR NOT NULL, actor_name VARCHAR, recipient_name VARCHAR,   -- as coded when it was judged
    action VARCHAR NOT NULL,         -- accept, correct, reject, add; undo takes back the decision number undone
    undone BIGINT, changes JSON,     -- of correct: every corrected field with its value; of add: the whole claim
    reason VARCHAR NOT NULL, reviewer VARCHAR NOT NULL, reviewed_at TIMESTAMP NOT NULL
);

CREATE TABLE earlier AS              -- claims that a later run replaced, with the run that had coded them
    SELECT CAST(NULL AS VARCHAR) AS run, *, CAST(NULL AS VARCHAR) AS chain FROM claims LIMIT 0;
