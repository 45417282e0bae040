-- Marks of the timeline: the claims of the busiest pairs, those with an unknown side last, gathered by $step days, class
-- and whether most of them are told as fact; one mark a claim where $each. date is the first day of a mark.
WITH fit AS (
    SELECT * FROM wanted($one, $other, $first_day, $day_after, $quads, $sought)
    WHERE day >= CAST($from_day AS DATE) AND day < CAST($to_day AS DATE) AND review IS DISTINCT FROM 'reject'
),
busiest AS (
    SELECT src, tgt FROM fit GROUP BY src, tgt ORDER BY src = '?' OR tgt = '?', count(*) DESC, src, tgt LIMIT $lanes
),
marks AS (
    SELECT src, tgt, CAST($from_day AS DATE) + CAST((day - CAST($from_day AS DATE)) // $step * $step AS INTEGER) AS date, quad,
           count(*) AS n, round(avg(intensity), 2) AS intensity, min(id) AS id,
           CASE WHEN 2 * count(*) FILTER (status = 'actual') >= count(*) THEN 'actual' ELSE mode(status ORDER BY status) END AS status
    FROM fit SEMI JOIN busiest USING (src, tgt)
    GROUP BY src, tgt, date, quad, CASE WHEN $each THEN id END
)
SELECT marks.*, alone.sentence_text AS evidence FROM marks LEFT JOIN desk AS alone ON alone.id = marks.id AND marks.n = 1
ORDER BY date, src, tgt, quad, id;
