-- How each party stands to each other one: an observation is one happening, as one independent origin tells it, so that
-- ten copies of a report weigh as much as one. Acts and words as told; what is planned or conditional stands apart.
-- Needs incidents.sql (told) and origins.sql; temp table observations. Intensity is decimal, so that a mean is the same in
-- whatever order it is summed up.
CREATE OR REPLACE TEMP TABLE observations AS
WITH days AS (SELECT incident, min(day) AS first_day FROM told WHERE status <> 'negated' GROUP BY incident),
claims_here AS (
    SELECT claims.id, claims.document, party(actor_code, actor_name) AS actor, party(recipient_code, recipient_name) AS target,
           CASE WHEN claims.status IN ('planned', 'hypothetical') THEN 'conditional' WHEN quad IN (2, 4) THEN 'act' ELSE 'word' END AS sort,
           claims.quad, CAST(claims.intensity AS DECIMAL(8, 4)) AS intensity, origins.origin, origins.name AS origin_name,
           coalesce(told.incident, claims.id) AS happening,   -- which has one day, the first on which it is told
           coalesce(days.first_day, day_of(date_value, date_granularity, published)) AS day
    FROM reviewed AS claims
    JOIN documents ON documents.id = claims.document
    JOIN origins ON origins.claim = claims.id
    LEFT JOIN told ON told.claim = claims.id
    LEFT JOIN days ON days.incident = told.incident
    WHERE claims.status <> 'negated' AND length(actor_code) >= 3 AND length(recipient_code) >= 3
)
SELECT actor, target, sort, happening, origin, min(origin_name) AS origin_name, min(day) AS day, CAST(round(avg(intensity), 4) AS DECIMAL(8, 4)) AS intensity,
       min(quad) AS quad, min(id) AS claim, count(*) AS claims
FROM claims_here
WHERE actor <> target AND day IS NOT NULL
  AND NOT is_sector(actor) AND NOT is_sector(target)
GROUP BY actor, target, sort, happening, origin;
