-- The latest claims that fit, at most $limit after $skip of them, in the order of their days, the undated last.
WITH latest AS (
    SELECT * FROM wanted($one, $other, $first_day, $day_after, $quads, $sought)
    ORDER BY day DESC NULLS LAST, document DESC, trigger_start DESC, id DESC LIMIT $limit OFFSET $skip
)
SELECT * EXCLUDE (words, trigger_start) FROM latest ORDER BY day NULLS LAST, document, trigger_start, id;
