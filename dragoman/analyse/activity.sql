-- How much of each class is told as done, period by period ($by): happenings, each counted once. Needs observations.sql.
SELECT CAST(date_trunc($by, day) AS DATE) AS period,
       count(DISTINCT happening) FILTER (quad = 1) AS verbal_cooperation,
       count(DISTINCT happening) FILTER (quad = 2) AS material_cooperation,
       count(DISTINCT happening) FILTER (quad = 3) AS verbal_conflict,
       count(DISTINCT happening) FILTER (quad = 4) AS material_conflict
FROM observations
WHERE sort <> 'conditional'
  AND ($actor IS NULL OR actor = upper($actor)) AND ($target IS NULL OR target = upper($target))
GROUP BY period ORDER BY period;
