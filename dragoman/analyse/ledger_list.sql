-- The entries of the ledger that fit every filter given, the latest first, each with its words and the later claim's.
SELECT ledger.* EXCLUDE (incident, doer, done_to, act_target, content_quad, content_word, content_mode, sentence_start, sentence_end, last_day),
       words_of(said.text, ledger.sentence_start, ledger.sentence_end) AS sentence_text,
       -- on what it hangs, and by what way it was said, as far as the words tell
       CASE WHEN conditional THEN nullif(regexp_extract(words_of(said.text, ledger.sentence_start, ledger.sentence_end), '(?i)\b(if|unless|should|until|provided)\b[^.;”"]*', 0), '') END AS condition,
       nullif(lower(regexp_extract(words_of(said.text, ledger.sentence_start, ledger.sentence_end), '(?i)\b(tweet|letter|telephone|phone call|statement|speech|interview|e-?mail|broadcast|television)', 1)), '') AS channel,
       CASE WHEN substr(ledger.actor_code, 4) IN ('', 'GOV') THEN 'government' WHEN substr(ledger.actor_code, 4, 3) = 'MIL' THEN 'military'
            WHEN substr(ledger.actor_code, 4, 3) = 'LEG' THEN 'legislature' WHEN ledger.actor_code IS NULL THEN 'unknown' ELSE 'other' END AS rank,
       later.type AS later_type, later.trigger_text AS later_word, later.status AS later_status,
       words_of(told_in.text, later.sentence_start, later.sentence_end) AS later_sentence,
       count(*) OVER () AS found
FROM ledger
JOIN documents AS said ON said.id = ledger.document
LEFT JOIN reviewed AS later ON later.id = ledger.later
LEFT JOIN documents AS told_in ON told_in.id = later.document
WHERE ($actor IS NULL OR starts_with(ledger.actor_code, upper($actor)) OR has_words(ledger.actor, $actor))
  AND ($target IS NULL OR starts_with(ledger.done_to, upper($target)) OR has_words(ledger.target, $target))
  AND ($kind IS NULL OR kind = $kind)
  AND ($outcome IS NULL OR outcome = $outcome)
ORDER BY day DESC, reports DESC, ledger.id
LIMIT $limit;
