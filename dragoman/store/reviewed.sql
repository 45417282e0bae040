-- What every analysis reads: reviewed and reviewed_sources, the claims as people left them. These are the coder's and those
-- that people added (all_claims, all_sources), corrected, without the rejected. Only views, so that the script can be run
-- on a file that has them.

CREATE OR REPLACE VIEW standing AS   -- the decision that holds for each claim: the last that was not taken back
    SELECT * FROM reviews
    WHERE action <> 'undo' AND number NOT IN (SELECT undone FROM reviews WHERE undone IS NOT NULL)
    QUALIFY row_number() OVER (PARTITION BY claim ORDER BY number DESC) = 1;

CREATE OR REPLACE VIEW all_claims AS
    SELECT * FROM claims UNION ALL SELECT * EXCLUDE (coded_as) FROM added WHERE coded_as IS NULL;

CREATE OR REPLACE VIEW all_sources AS
    SELECT * FROM sources UNION ALL SELECT * FROM added_sources;

CREATE OR REPLACE VIEW applying AS   -- with the claim to which it applies now; NULL where a new coding means something else
    SELECT standing.* REPLACE (CASE WHEN standing.action = 'add' THEN NULL ELSE standing.changes END AS changes),
           coalesce(same.id, added.coded_as, added.id, alike.id) AS applies_to
    FROM standing
    LEFT JOIN claims AS same ON same.id = standing.claim
    LEFT JOIN added ON added.id = standing.claim
    LEFT JOIN claims AS alike
        ON same.id IS NULL AND alike.document = standing.document AND alike.trigger_start = standing.trigger_start
       AND alike.trigger_end = standing.trigger_end AND alike.type = standing.type
       AND alike.actor_name IS NOT DISTINCT FROM standing.actor_name
       AND alike.recipient_name IS NOT DISTINCT FROM standing.recipient_name;

CREATE OR REPLACE VIEW decisions AS  -- where several apply to one claim, the last of them
    SELECT * FROM applying QUALIFY row_number() OVER (PARTITION BY coalesce(applies_to, claim) ORDER BY number DESC) = 1;

CREATE OR REPLACE MACRO corrected(changes, field, coded) AS
    CASE WHEN changes IS NOT NULL AND json_exists(changes, '$.' || field)
         THEN json_extract_string(changes, '$.' || field) ELSE coded END;

CREATE OR REPLACE VIEW reviewed AS
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
    FROM all_claims AS claims LEFT JOIN decisions ON decisions.applies_to = claims.id
    WHERE decisions.action IS DISTINCT FROM 'reject';

CREATE OR REPLACE VIEW reviewed_sources AS      -- the chains; a corrected one has names only
    SELECT * FROM all_sources
    WHERE claim NOT IN (SELECT applies_to FROM decisions WHERE applies_to IS NOT NULL AND json_exists(changes, '$.sources'))
    UNION ALL
    SELECT applies_to, CAST(position - 1 AS TINYINT), name, 'unspecified', NULL, NULL, NULL, NULL, NULL
    FROM (
        SELECT applies_to, unnest(json_extract_string(changes, '$.sources[*]')) AS name,
               unnest(range(1, CAST(json_array_length(changes, '$.sources') AS BIGINT) + 1)) AS position
        FROM decisions WHERE applies_to IS NOT NULL AND json_exists(changes, '$.sources')
    );

CREATE OR REPLACE VIEW actors AS                -- who is meant, by the name and code that the claims have
    SELECT name, code, count(*) FILTER (acting) AS acts, count(*) FILTER (NOT acting) AS undergoes,
           min(published) AS first_told, max(published) AS last_told
    FROM (
        SELECT actor_name AS name, actor_code AS code, document, TRUE AS acting FROM reviewed
        UNION ALL
        SELECT recipient_name, recipient_code, document, FALSE FROM reviewed
    ) JOIN documents ON documents.id = document
    WHERE name IS NOT NULL
    GROUP BY name, code;
