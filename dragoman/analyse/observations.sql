-- How each party stands to each other one: an observation is one happening, as one independent origin tells it, so that
-- ten copies of a report weigh as much as one. Acts and words as told; what is planned or conditional stands apart.
-- Needs incidents.sql (told); temp table observations. Intensity is decimal, so that a mean is the same in whatever order
-- it is summed up.
CREATE OR REPLACE TEMP TABLE observations AS
WITH days AS (   -- a happening has one day, the first on which it is told
    SELECT incident, min(day) AS first_day FROM told WHERE status <> 'negated' GROUP BY incident
)
SELECT actor, target, CASE WHEN to_come THEN 'conditional' WHEN quad IN (2, 4) THEN 'act' ELSE 'word' END AS sort,
       incident AS happening, origin, min(origin_name) AS origin_name, min(first_day) AS day,
       CAST(round(avg(CAST(intensity AS DECIMAL(8, 4))), 4) AS DECIMAL(8, 4)) AS intensity,
       min(quad) AS quad, min(claim) AS claim, count(*) AS claims
FROM told JOIN days USING (incident)
WHERE status <> 'negated' AND coded AND actor <> target AND NOT is_sector(actor) AND NOT is_sector(target)
GROUP BY actor, target, sort, incident, origin;
