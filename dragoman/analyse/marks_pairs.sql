-- Pairs of parties, the busiest first: how often one acts towards the other, in which class, at which level.
SELECT src, tgt, quad, count(*) AS n, round(avg(intensity), 2) AS intensity, min(id) AS id
FROM wanted($one, $other, $first_day, $day_after, $quads, $sought)
WHERE review IS DISTINCT FROM 'reject'
GROUP BY src, tgt, quad ORDER BY sum(count(*)) OVER (PARTITION BY src, tgt) DESC, src, tgt, quad LIMIT $most;
