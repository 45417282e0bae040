-- The claims of a case file for the desk, the latest days first (at most $limit), each as people left it; also those that
-- were rejected, so that the decision can be undone. Needs origins.sql and incidents.sql (told).
WITH shown AS (
    SELECT * FROM reviewed
    UNION ALL BY NAME
    SELECT claims.*, 'reject' AS review FROM claims
    WHERE id IN (SELECT applies_to FROM decisions WHERE action = 'reject')
),
chosen AS (   -- which ones first, and only then what stands in them
    SELECT shown.id, day_of(date_value, date_granularity, published) AS day, count(*) OVER () AS found
    FROM shown JOIN documents ON documents.id = shown.document
    WHERE ($claims IS NULL OR shown.id IN (SELECT unnest($claims))) AND ($document IS NULL OR shown.document = $document)
      AND ($party IS NULL OR party(actor_code, actor_name) = $party OR party(recipient_code, recipient_name) = $party)
    ORDER BY day DESC NULLS LAST, shown.document, trigger_start, shown.id
    LIMIT $limit
)
SELECT shown.*, documents.published, documents.publisher, documents.title,
       party(actor_code, actor_name) AS actor, party(recipient_code, recipient_name) AS recipient, chosen.day,
       words_of(documents.text, sentence_start, sentence_end) AS sentence_text,
       coalesce(told.incident, shown.id) AS happening, found
FROM chosen
JOIN shown ON shown.id = chosen.id
JOIN documents ON documents.id = shown.document
LEFT JOIN told ON told.claim = shown.id
ORDER BY chosen.day DESC NULLS LAST, shown.document, trigger_start, shown.id;
