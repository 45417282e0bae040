-- What people decide about claims (reviews), what earlier runs had coded (earlier), and what every analysis reads:
-- reviewed and reviewed_sources, the claims as corrected, without those that were rejected.

CREATE TABLE reviews (               -- append-only: a decision is taken back by another row
    number BIGINT PRIMARY KEY,       -- in the order in which they were made
    claim VARCHAR NOT NULL,          -- the id, a hash of document, spans and type: it survives re-runs
    document VARCHAR NOT NULL, trigger_start INTEGER NOT NULL, trigger_end INTEGER NOT NULL,
    type VARCHAR NOT NULL, actor_name VARCHAR, recipient_name VARCHAR,   -- as coded when it was judged
    action VARCHAR NOT NULL,         -- accept, correct, reject; undo takes back the decision number undone
    undone BIGINT, changes JSON,     -- of correct: every corrected field with its value
    reason VARCHAR NOT NULL, reviewer VARCHAR NOT NULL, reviewed_at TIMESTAMP NOT NULL
);

CREATE TABLE earlier AS              -- claims that a later run replaced, with the run that had coded them
    SELECT CAST(NULL AS VARCHAR) AS run, *, CAST(NULL AS VARCHAR) AS chain FROM claims LIMIT 0;

CREATE VIEW standing AS              -- the decision that holds for each claim: the last that was not taken back
    SELECT * FROM reviews
    WHERE action <> 'undo' AND number NOT IN (SELECT undone FROM reviews WHERE undone IS NOT NULL)
    QUALIFY row_number() OVER (PARTITION BY claim ORDER BY number DESC) = 1;

CREATE VIEW decisions AS             -- with the claim to which it applies now; NULL where a new coding means something else
    SELECT standing.*, coalesce(same.id, alike.id) AS applies_to
    FROM standing
    LEFT JOIN claims AS same ON same.id = standing.claim
    LEFT JOIN claims AS alike
        ON same.id IS NULL AND alike.document = standing.document AND alike.trigger_start = standing.trigger_start
       AND alike.trigger_end = standing.trigger_end AND alike.type = standing.type
       AND alike.actor_name IS NOT DISTINCT FROM standing.actor_name
       AND alike.recipient_name IS NOT DISTINCT FROM standing.recipient_name;

CREATE MACRO corrected(changes, field, coded) AS
    CASE WHEN changes IS NOT NULL AND json_exists(changes, '$.' || field)
         THEN json_extract_string(changes, '$.' || field) ELSE coded END;

CREATE VIEW reviewed AS
    SELECT claims.* REPLACE (
               corrected(changes, 'type', claims.type) AS type,
               corrected(changes, 'mode', claims.mode) AS mode,
               coalesce(CAST(corrected(changes, 'quad', NULL) AS TINYINT), claims.quad) AS quad,
               coalesce(CAST(corrected(changes, 'intensity', NULL) AS DOUBLE), claims.intensity) AS intensity,
               corrected(changes, 'cameo', claims.cameo) AS cameo,
               corrected(changes, 'actor_name', claims.actor_name) AS actor_name,
               corrected(changes, 'actor_code', claims.actor_code) AS actor_code,
               corrected(changes, 'recipient_name', claims.recipient_name) AS recipient_name,
               corrected(changes, 'recipient_code', claims.recipient_code) AS recipient_code,
               corrected(changes, 'status', claims.status) AS status,
               corrected(changes, 'date_value', claims.date_value) AS date_value,
               corrected(changes, 'date_granularity', claims.date_granularity) AS date_granularity,
               corrected(changes, 'place_name', claims.place_name) AS place_name,
               corrected(changes, 'place_country', claims.place_country) AS place_country
           ),
           decisions.action AS review
    FROM claims LEFT JOIN decisions ON decisions.applies_to = claims.id
    WHERE decisions.action IS DISTINCT FROM 'reject';

CREATE VIEW reviewed_sources AS      -- the chains; a corrected one has names only
    SELECT * FROM sources
    WHERE claim NOT IN (SELECT applies_to FROM decisions WHERE applies_to IS NOT NULL AND json_exists(changes, '$.sources'))
    UNION ALL
    SELECT applies_to, CAST(position - 1 AS TINYINT), name, 'unspecified', NULL, NULL, NULL, NULL, NULL
    FROM (
        SELECT applies_to, unnest(json_extract_string(changes, '$.sources[*]')) AS name,
               unnest(range(1, CAST(json_array_length(changes, '$.sources') AS BIGINT) + 1)) AS position
        FROM decisions WHERE applies_to IS NOT NULL AND json_exists(changes, '$.sources')
    );

CREATE VIEW actors AS                -- who is meant, by the name and code that the claims have
    SELECT name, code, count(*) FILTER (acting) AS acts, count(*) FILTER (NOT acting) AS undergoes,
           min(published) AS first_told, max(published) AS last_told
    FROM (
        SELECT actor_name AS name, actor_code AS code, document, TRUE AS acting FROM reviewed
        UNION ALL
        SELECT recipient_name, recipient_code, document, FALSE FROM reviewed
    ) JOIN documents ON documents.id = document
    WHERE name IS NOT NULL
    GROUP BY name, code;
