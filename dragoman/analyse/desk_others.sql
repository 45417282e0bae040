-- Incidents of several claims, each with its claims in the order of their days. Needs incidents.sql (told).
SELECT list(claim ORDER BY day, claim) AS claims FROM told GROUP BY incident HAVING count(*) > 1;
