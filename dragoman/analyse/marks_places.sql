-- Places, the busiest first: a town or region with its position, a country as a whole without one.
WITH fit AS (
    SELECT id, quad, intensity, place_name, place_country AS country, place_precision AS precision,
           CASE WHEN place_precision <> 'country' THEN place_name END AS town,
           CASE WHEN place_precision <> 'country' THEN place_latitude END AS latitude,
           CASE WHEN place_precision <> 'country' THEN place_longitude END AS longitude
    FROM wanted($one, $other, $first_day, $day_after, $quads, $sought)
    WHERE review IS DISTINCT FROM 'reject' AND (place_precision = 'country' OR place_latitude IS NOT NULL)
)
SELECT min(place_name) AS place, country, precision, quad, latitude, longitude, count(*) AS n,
       round(avg(intensity), 2) AS intensity, min(id) AS id
FROM fit GROUP BY town, country, precision, quad, latitude, longitude
ORDER BY n DESC, id LIMIT $most;
