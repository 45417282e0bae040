-- Pair by pair and period by period ($by: day, week, month, year; a week starts on Monday): how many happenings were
-- acts, words and conditionals, and how warm they were on average, each origin's telling counted once.
-- Needs observations.sql.
SELECT actor, target, CAST(date_trunc($by, day) AS DATE) AS period,
       count(DISTINCT happening) FILTER (sort = 'act') AS acts, round(avg(intensity) FILTER (sort = 'act'), 1) AS act_intensity,
       count(DISTINCT happening) FILTER (sort = 'word') AS words, round(avg(intensity) FILTER (sort = 'word'), 1) AS word_intensity,
       count(DISTINCT happening) FILTER (sort = 'conditional') AS conditionals,
       round(avg(intensity) FILTER (sort = 'conditional'), 1) AS conditional_intensity,
       count(DISTINCT origin) AS origins, CAST(sum(claims) AS BIGINT) AS claims
FROM observations
WHERE ($actor IS NULL OR actor = upper($actor)) AND ($target IS NULL OR target = upper($target))
GROUP BY actor, target, period
ORDER BY actor, target, period;
