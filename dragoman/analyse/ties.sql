-- The ties of the network: from each party to each other one, happenings told as done, told once for each origin, and
-- how many of them cooperate and conflict, with mean intensity. Needs observations.sql.
SELECT actor, target, count(DISTINCT happening) AS happenings,
       count(DISTINCT happening) FILTER (quad IN (1, 2)) AS cooperation, count(DISTINCT happening) FILTER (quad IN (3, 4)) AS conflict,
       round(avg(intensity), 2) AS intensity, count(DISTINCT origin) AS origins, min(day) AS first_day, max(day) AS last_day
FROM observations
WHERE sort <> 'conditional' AND ($since IS NULL OR day >= CAST($since AS DATE)) AND ($until IS NULL OR day <= CAST($until AS DATE))
GROUP BY actor, target
ORDER BY actor, target;
