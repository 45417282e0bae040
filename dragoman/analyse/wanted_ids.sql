-- The claims that fit the desk's filters (a filter that is NULL asks nothing), as the page searches them; also those that
-- were rejected, for the sake of the decisions about them. Needs origins.sql and incidents.sql.
WITH shown AS (
    SELECT * FROM reviewed
    UNION ALL BY NAME
    SELECT claims.*, 'reject' AS review FROM claims
    WHERE id IN (SELECT applies_to FROM decisions WHERE action = 'reject')
),
names AS (SELECT unnest($codes) AS code, unnest($names) AS name),
chains AS (SELECT claim, string_agg(name, ' ' ORDER BY position) AS chain FROM reviewed_sources GROUP BY claim)
SELECT shown.id
FROM shown JOIN documents ON documents.id = shown.document
LEFT JOIN chains ON chains.claim = shown.id
LEFT JOIN names AS who ON who.code = party(actor_code, actor_name)
LEFT JOIN names AS whom ON whom.code = party(recipient_code, recipient_name)
WHERE ($dyad IS NULL OR $dyad = replace(coalesce(party(actor_code, actor_name), '?'), '>', '›')
                             || '>' || replace(coalesce(party(recipient_code, recipient_name), '?'), '>', '›'))
  AND ($since IS NULL OR day_of(date_value, date_granularity, published) >= CAST($since AS DATE))
  AND ($until IS NULL OR day_of(date_value, date_granularity, published) < CAST($until AS DATE))
  AND ($quads IS NULL OR list_contains($quads, quad))
  AND ($query IS NULL OR contains(lower(concat_ws(' ', words_of(documents.text, sentence_start, sentence_end), type,
           coalesce(who.name, actor_code, actor_name, 'unknown'),
           coalesce(whom.name, recipient_code, recipient_name, 'unknown'), coalesce(actor_name, ''), coalesce(recipient_name, ''),
           coalesce(place_name, ''), coalesce(publisher, ''), coalesce(title, ''), chain)), lower($query)));
