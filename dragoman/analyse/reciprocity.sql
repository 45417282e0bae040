-- Pairs of parties, both ways: how much and how warmly each acts and speaks towards the other, and whether the one's
-- warmth goes with the other's in the same period ($by) and in the period after. Correlations are Spearman's, over the
-- mean intensities of periods in which both sides are told of; ties share their rank. Needs observations.sql.
WITH lines AS (   -- one period of one direction
    SELECT least(actor, target) AS one, greatest(actor, target) AS other, actor < target AS forth,
           date_trunc($by, day) AS period, avg(intensity) AS warmth, count(DISTINCT happening) AS happenings
    FROM observations WHERE sort <> 'conditional' GROUP BY actor, target, period
),
sides AS (
    SELECT one, other,
           sum(happenings) FILTER (forth) AS forth, sum(happenings) FILTER (NOT forth) AS back
    FROM lines GROUP BY one, other
),
means AS (
    SELECT least(actor, target) AS one, greatest(actor, target) AS other,
           round(avg(intensity) FILTER (actor < target), 2) AS forth_intensity,
           round(avg(intensity) FILTER (actor > target), 2) AS back_intensity
    FROM observations WHERE sort <> 'conditional' GROUP BY one, other
),
met AS (   -- one's warmth beside the other's: of the same period, and what each answers in the next
    SELECT a.one, a.other, 'together' AS how, a.warmth AS x, b.warmth AS y
    FROM lines AS a JOIN lines AS b ON b.one = a.one AND b.other = a.other AND b.period = a.period
    WHERE a.forth AND NOT b.forth
    UNION ALL
    SELECT a.one, a.other, CASE WHEN a.forth THEN 'other_answers' ELSE 'one_answers' END, a.warmth, b.warmth
    FROM lines AS a JOIN lines AS b
      ON b.one = a.one AND b.other = a.other AND b.forth <> a.forth AND b.period = a.period + to_period($by)
),
ranked AS (
    SELECT one, other, how,
           rank() OVER (PARTITION BY one, other, how ORDER BY x)
               + (count(*) OVER (PARTITION BY one, other, how, x) - 1) / 2 AS x,
           rank() OVER (PARTITION BY one, other, how ORDER BY y)
               + (count(*) OVER (PARTITION BY one, other, how, y) - 1) / 2 AS y
    FROM met
),
correlated AS (
    SELECT one, other, how, count(*) AS periods, CASE WHEN stddev_pop(x) > 0 AND stddev_pop(y) > 0 THEN corr(x, y) END AS rho
    FROM ranked GROUP BY one, other, how
)
SELECT sides.one, sides.other, CAST(forth AS BIGINT) AS forth, forth_intensity, CAST(back AS BIGINT) AS back, back_intensity,
       round(least(forth, back) / greatest(forth, back), 2) AS balance,
       map_from_entries(list((how, {'periods': periods, 'rho': rho}) ORDER BY how) FILTER (how IS NOT NULL)) AS correlations,
       count(*) OVER () AS found
FROM sides JOIN means USING (one, other) LEFT JOIN correlated USING (one, other)
WHERE forth IS NOT NULL AND back IS NOT NULL
  AND ($one IS NULL OR sides.one = upper($one) OR sides.other = upper($one))
  AND ($other IS NULL OR sides.one = upper($other) OR sides.other = upper($other))
GROUP BY ALL
ORDER BY max(sides.forth + sides.back) DESC, sides.one, sides.other
LIMIT $limit;
