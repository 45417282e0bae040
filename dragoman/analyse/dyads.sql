-- Who acted and spoke how towards whom: per pair of countries, claims and mean intensity in the first and second half
-- of the case's days; only what was told as having happened (actual or alleged).
WITH told AS (
    SELECT substr(actor_code, 1, 3) AS actor, substr(recipient_code, 1, 3) AS recipient,
           intensity, quad, published, claims.id
    FROM reviewed AS claims JOIN documents ON documents.id = claims.document
    WHERE actor_code IS NOT NULL AND recipient_code IS NOT NULL AND status IN ('actual', 'alleged')
      AND published IS NOT NULL AND substr(actor_code, 1, 3) <> substr(recipient_code, 1, 3)
      AND NOT is_sector(actor_code) AND NOT is_sector(recipient_code)
),
middle AS (SELECT min(published) + CAST((max(published) - min(published)) / 2 AS INTEGER) AS day FROM told)
SELECT actor, recipient, count(*) AS claims,
       count(*) FILTER (quad IN (1, 2)) AS cooperation, count(*) FILTER (quad IN (3, 4)) AS conflict,
       round(avg(intensity) FILTER (published <= day), 1) AS before, round(avg(intensity) FILTER (published > day), 1) AS after,
       count(*) FILTER (published <= day) AS claims_before, count(*) FILTER (published > day) AS claims_after,
       any_value(day) AS day
FROM told, middle
GROUP BY actor, recipient
ORDER BY claims DESC, actor, recipient
LIMIT $limit;
