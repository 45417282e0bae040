-- Bars over the whole time: how much of each class is told in each $step days.
SELECT CAST($from_day AS DATE) + CAST((day - CAST($from_day AS DATE)) // $step * $step AS INTEGER) AS date, quad,
       count(*) AS n, round(avg(intensity), 2) AS intensity
FROM wanted($one, $other, NULL, NULL, $quads, $sought)
WHERE day >= CAST($from_day AS DATE) AND day < CAST($to_day AS DATE) AND review IS DISTINCT FROM 'reject'
GROUP BY ALL ORDER BY date, quad;
