-- The other claims of a claim's incident, at most $limit: those after it in the order of days, then from the first day on.
-- Needs incidents.sql (told).
WITH one AS (SELECT incident, day, claim FROM told WHERE claim = $claim)
SELECT told.claim
FROM told JOIN one USING (incident)
WHERE told.claim <> one.claim
ORDER BY (told.day, told.claim) < (one.day, one.claim), told.day, told.claim
LIMIT $limit;
