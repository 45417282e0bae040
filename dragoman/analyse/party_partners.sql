-- With whom a party has to do, those in most claims first, and last nobody told: both ways. Needs party_toward.sql.
SELECT other AS code, count(*) FILTER (given) AS given, round(avg(intensity) FILTER (given), 2) AS given_mean,
       count(*) FILTER (NOT given) AS received, round(avg(intensity) FILTER (NOT given), 2) AS received_mean,
       min(day) AS first_day, max(day) AS last_day, count(*) OVER () AS found
FROM toward
GROUP BY other
ORDER BY other IS NULL, count(*) DESC, other
LIMIT $limit;
