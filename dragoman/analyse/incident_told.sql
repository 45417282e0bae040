-- The claims of one incident, report by report, each with its origin and why it stands here.
SELECT claims.*, documents.published, documents.publisher, documents.title, told.origin_name,
       'same type, ' || CASE WHEN fitted THEN 'no other it fits' ELSE 'same parties' END
           || CASE WHEN told.town IS NULL THEN '' ELSE ', at ' || told.town END
           || CASE WHEN dated THEN ', dated ' ELSE ', reported ' END || told.day AS reason,
       copies.first <> claims.document AS copied,
       words_of(documents.text, sentence_start, sentence_end) AS sentence_text
FROM told
JOIN reviewed AS claims ON claims.id = told.claim
JOIN documents ON documents.id = claims.document
JOIN copies ON copies.document = claims.document
WHERE told.incident = $incident
ORDER BY published, claims.document, trigger_start, claims.id;
