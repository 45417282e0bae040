-- Names are searched for whole words, so that RUS, a code, does not find Belarus, a name.
CREATE OR REPLACE TEMP MACRO has_words(name, words) AS
    regexp_matches(name, '(^|[^\pL\pN])' || regexp_escape(words) || '([^\pL\pN]|$)', 'i');
-- The claims of a case file that fit every filter given (a filter that is NULL asks nothing), by date of report.
SELECT claims.*, documents.published, documents.publisher, documents.title,
       substr(documents.text, sentence_start + 1, sentence_end - sentence_start) AS sentence_text,
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
ORDER BY CASE WHEN $deepest THEN -(SELECT count(*) FROM sources WHERE claim = claims.id) END, published NULLS LAST, document, trigger_start, claims.id
LIMIT $limit;
