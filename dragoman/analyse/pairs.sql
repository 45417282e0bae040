-- Who stands how to whom, in all or topic by topic: counts and mean intensity of acts, words and conditionals.
-- Needs the view positioned: observations with a topic, or with none.
CREATE OR REPLACE TEMP VIEW pairs AS
SELECT actor, target, topic, count(*) FILTER (sort <> 'conditional') AS told, count(DISTINCT origin) FILTER (sort <> 'conditional') AS origins,
       count(*) FILTER (sort = 'act') AS acts, count(*) FILTER (sort = 'word') AS words,
       count(*) FILTER (sort = 'conditional') AS conditionals,
       round(avg(intensity) FILTER (sort = 'act'), 4) AS act_intensity, round(avg(intensity) FILTER (sort = 'word'), 4) AS word_intensity,
       round(avg(intensity) FILTER (sort = 'conditional'), 4) AS conditional_intensity, min(day) AS first_day, max(day) AS last_day
FROM positioned GROUP BY actor, target, topic;
