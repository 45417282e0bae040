-- How many claims fit, how many of them nobody rejected, and how many of these are drawn in time and on the map.
SELECT count(*) AS found, count(*) FILTER (stands) AS standing,
       count(*) FILTER (stands AND day >= CAST($from_day AS DATE) AND day < CAST($to_day AS DATE)) AS dated,
       count(*) FILTER (stands AND (place_precision = 'country' OR place_latitude IS NOT NULL)) AS placed
FROM (
    SELECT *, review IS DISTINCT FROM 'reject' AS stands
    FROM wanted($one, $other, $first_day, $day_after, $quads, $sought)
);
