-- How often a party does, and undergoes, what; the commonest first. Needs sided.sql.
SELECT type, min(quad) AS quad, count(*) FILTER (actor = $party) AS given, count(*) FILTER (target = $party) AS received
FROM sided WHERE actor = $party OR target = $party
GROUP BY type
ORDER BY given + received DESC, type;
