-- Who vouches in the end for what is told of a party, most claims first. Needs sided.sql and origins.sql.
SELECT mode(origins.name ORDER BY origins.name) AS name, count(*) AS claims, count(DISTINCT document) AS reports,
       count(*) OVER () AS found
FROM sided JOIN origins USING (claim)
WHERE actor = $party OR target = $party
GROUP BY origin
ORDER BY claims DESC, reports DESC, origin
LIMIT $limit;
