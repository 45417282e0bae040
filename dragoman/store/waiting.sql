-- Claims that nobody has judged yet, the least certain first: a low score of the judge, no recipient or actor,
-- a chain of many mouths, a status that is a matter of degree.
SELECT claims.*, documents.published, documents.publisher, documents.title,
       substr(documents.text, sentence_start + 1, sentence_end - sentence_start) AS sentence_text,
       coalesce(score, 0.5) - 0.1 * (actor_name IS NULL)::INT - 0.05 * (recipient_name IS NULL)::INT
           - 0.05 * least(coalesce(depth, 0), 3) - 0.1 * (abs(commitment) < 2)::INT AS certainty
FROM claims
JOIN documents ON documents.id = claims.document
LEFT JOIN (SELECT claim, count(*) AS depth FROM sources GROUP BY claim) AS chains ON chains.claim = claims.id
WHERE documents.text <> ''   -- an event without words can't be judged by them
  AND claims.id NOT IN (SELECT applies_to FROM decisions WHERE applies_to IS NOT NULL)
ORDER BY certainty, claims.id
LIMIT $limit;
