-- The days of what is told of a party, and of the middle 96 in 100 of it: a report of April may tell of 2013.
-- Needs sided.sql.
SELECT min(day) AS first_day, max(day) AS last_day,
       quantile_disc(day, 0.02) AS core_first, quantile_disc(day, 0.98) AS core_last
FROM sided WHERE actor = $party OR target = $party;
