-- How often who did what to whom in which period ($by): countries (or organisations and groups), PLOVER's type, and how
-- many happenings, each counted once; of events without a text each counts. Told as done only. Needs incidents.sql.
SELECT substr(actor_code, 1, 3) AS actor, substr(recipient_code, 1, 3) AS recipient, claims.type,
       CAST(date_trunc($by, coalesce(told.day, day_of(date_value, date_granularity, published))) AS DATE) AS period,
       count(DISTINCT CASE WHEN documents.text = '' THEN claims.id ELSE coalesce(told.incident, claims.id) END) AS number
FROM reviewed AS claims
JOIN documents ON documents.id = claims.document
LEFT JOIN told ON told.claim = claims.id
WHERE claims.status IN ('actual', 'alleged') AND length(actor_code) >= 3 AND length(recipient_code) >= 3
  AND NOT is_sector(actor_code) AND NOT is_sector(recipient_code) AND substr(actor_code, 1, 3) <> substr(recipient_code, 1, 3)
GROUP BY ALL HAVING period IS NOT NULL
ORDER BY ALL;
