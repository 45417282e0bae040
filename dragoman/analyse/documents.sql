-- The documents of a case file whose title, publisher or id holds $query, in the $order asked for, $limit of them from
-- $offset on; how many there are (found) stands in every row, and in one without an id where no document is left.
-- Claims are counted as coded, also those that were rejected: a document without any is worth a second look.
-- Needs origins.sql (copies).
WITH judged AS (
    SELECT DISTINCT applies_to AS claim FROM decisions WHERE applies_to IS NOT NULL
),
counted AS (
    SELECT document, count(*) AS claims, count(judged.claim) AS reviewed, arg_min(id, (trigger_start, id)) AS first_claim
    FROM claims LEFT JOIN judged ON judged.claim = claims.id
    GROUP BY document
),
alike AS (
    SELECT document, count(*) OVER (PARTITION BY first) - 1 AS copies FROM copies
),
fitting AS (
    SELECT id, published, coalesce(claims, 0) AS claims, coalesce(reviewed, 0) AS reviewed, first_claim
    FROM documents LEFT JOIN counted ON counted.document = documents.id
    WHERE contains(lower(concat_ws(' ', title, publisher, id)), lower(trim($query)))
),
chosen AS (
    SELECT *, row_number() OVER (
        ORDER BY CASE $order WHEN 'claims' THEN -claims WHEN 'none' THEN least(claims, 1) END, published DESC NULLS LAST, id
    ) AS place
    FROM fitting ORDER BY place LIMIT $limit OFFSET $offset
)
SELECT found, chosen.id, title, publisher, chosen.published, url, len(regexp_extract_all(text, '[\pL\pN]+')) AS words,
       claims, reviewed, copies, first_claim
FROM (SELECT count(*) AS found FROM fitting)
LEFT JOIN chosen ON TRUE
LEFT JOIN documents ON documents.id = chosen.id
LEFT JOIN alike ON alike.document = chosen.id
ORDER BY place;
