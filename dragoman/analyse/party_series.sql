-- A party's claims with each of some others, both ways, by period ($by: day, week, month, year). Needs party_toward.sql.
SELECT other AS code, given, CAST(date_trunc($by, day) AS DATE) AS period, count(*) AS claims, round(avg(intensity), 2) AS mean
FROM toward
WHERE day BETWEEN $first_day AND $last_day AND (list_contains($codes, other) OR other IS NULL)
GROUP BY ALL
ORDER BY code, given, period;
