-- One pair, day by day: how many acts, words and conditionals, and how warm they are on average.
SELECT day, count(*) FILTER (sort = 'act') AS acts, round(avg(intensity) FILTER (sort = 'act'), 1) AS act_intensity,
       count(*) FILTER (sort = 'word') AS words, round(avg(intensity) FILTER (sort = 'word'), 1) AS word_intensity,
       count(*) FILTER (sort = 'conditional') AS conditionals,
       round(avg(intensity) FILTER (sort = 'conditional'), 1) AS conditional_intensity,
       count(DISTINCT origin) AS origins
FROM observations WHERE actor = $actor AND target = $target
GROUP BY day ORDER BY day;
