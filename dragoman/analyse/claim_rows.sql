-- Every claim with its report, its origin and its happening: numbered so that claims of one happening follow one
-- another, by day. Needs origins.sql and incidents.sql (told).
CREATE OR REPLACE TEMP TABLE claim_rows AS
WITH joined AS (
    SELECT claims.*, documents.published, documents.publisher, documents.title, documents.url, documents.language,
           words_of(documents.text, sentence_start, sentence_end) AS sentence_text,
           coalesce(told.incident, claims.id) AS happening,
           day_of(date_value, date_granularity, published) AS day,
           origins.origin, origins.name AS origin_name, copies.first <> claims.document AS copied,
           coalesce(min(told.day) OVER (PARTITION BY told.incident), day_of(date_value, date_granularity, published)) AS first_day
    FROM reviewed AS claims
    JOIN documents ON documents.id = claims.document
    JOIN origins ON origins.claim = claims.id
    JOIN copies ON copies.document = claims.document
    LEFT JOIN told ON told.claim = claims.id
)
SELECT * EXCLUDE (first_day),
       row_number() OVER (ORDER BY first_day NULLS LAST, happening, published NULLS LAST, document, trigger_start, id) AS place
FROM joined;
