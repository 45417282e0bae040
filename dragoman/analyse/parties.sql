-- The parties of a case file, those in most claims first: what they do, what is done to them, for what they vouch; with the
-- name that most claims use. Needs sided.sql.
WITH parts AS (
    SELECT claim, actor AS code, actor_name AS name, TRUE AS acting, intensity FROM sided WHERE actor IS NOT NULL
    UNION ALL
    SELECT claim, target, recipient_name, FALSE, intensity FROM sided WHERE target IS NOT NULL
)
SELECT code, mode(parts.name ORDER BY parts.name) AS name, count(DISTINCT parts.claim) AS claims,
       count(*) FILTER (acting) AS acts, count(*) FILTER (NOT acting) AS undergoes,
       round(avg(intensity) FILTER (acting), 2) AS given, round(avg(intensity) FILTER (NOT acting), 2) AS received,
       coalesce(any_value(vouched.claims), 0) AS as_source
FROM parts LEFT JOIN (SELECT party, count(*) AS claims FROM vouchers GROUP BY party) AS vouched ON vouched.party = code
GROUP BY code
ORDER BY claims DESC, code;
