-- The first and last day drawn: those of the middle 96 in 100 claims, and what lies near them.
WITH core AS (SELECT quantile_disc(day, 0.02) AS a, quantile_disc(day, 0.98) AS b FROM desk WHERE day IS NOT NULL),
kept AS (SELECT a - pad AS first, b + pad AS last FROM (SELECT *, CAST(greatest($near, (b - a) // 4) AS INTEGER) AS pad FROM core))
SELECT min(day) AS first_day, max(day) AS last_day FROM desk, kept WHERE day BETWEEN first AND last;
