-- The claims of a case file that fit every filter given (a filter that is NULL asks nothing), by date of report.
SELECT claims.*, documents.published, documents.publisher, documents.title,
       words_of(documents.text, sentence_start, sentence_end) AS sentence_text,
       count(*) OVER () AS found
FROM reviewed AS claims JOIN documents ON documents.id = claims.document
WHERE ($actor IS NULL OR starts_with(actor_code, upper($actor)) OR has_words(actor_name, $actor))
  AND ($recipient IS NULL OR starts_with(recipient_code, upper($recipient)) OR has_words(recipient_name, $recipient))
  AND ($event_type IS NULL OR type = upper($event_type))
  AND ($status IS NULL OR status = lower($status))
  AND ($since IS NULL OR published >= CAST($since AS DATE))
  AND ($until IS NULL OR published <= CAST($until AS DATE))
  AND ($source IS NULL OR claims.id IN (SELECT claim FROM reviewed_sources WHERE has_words(name, $source)))
  AND ($claim IS NULL OR starts_with(claims.id, $claim))
ORDER BY CASE WHEN $deepest THEN -(SELECT count(*) FROM all_sources WHERE claim = claims.id) END, published NULLS LAST, document, trigger_start, claims.id
LIMIT $limit;
