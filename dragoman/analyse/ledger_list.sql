-- The entries of the ledger that fit every filter given, the latest first, each with its words and the later claim's.
WITH offices AS (   -- of somebody who is "he" here, the office that another sentence told
    SELECT actor_name AS name, mode(office_of(actor_found) ORDER BY office_of(actor_found)) AS office
    FROM reviewed WHERE office_of(actor_found) IS NOT NULL AND actor_name IN (SELECT actor FROM ledger) GROUP BY actor_name
)
SELECT ledger.* EXCLUDE (incident, doer, done_to, act_target, content_quad, content_word, content_mode, sentence_start, sentence_end, last_day), doer AS actor_party, done_to AS target_party,
       words_of(said.text, ledger.sentence_start, ledger.sentence_end) AS sentence_text,
       -- on what it hangs, and by what way it was said, as far as the words tell
       CASE WHEN conditional THEN nullif(regexp_extract(words_of(said.text, ledger.sentence_start, ledger.sentence_end), '(?i)\b(if|unless|should|until|provided)\b[^.;”"]*', 0), '') END AS condition,
       channel_of(words_of(said.text, ledger.sentence_start, ledger.sentence_end)) AS channel,
       rank_of(coalesce(office_of(first.actor_found), offices.office), first.actor_text, ledger.actor_code) AS rank,
       later.type AS later_type, later.trigger_text AS later_word, later.status AS later_status,
       words_of(told_in.text, later.sentence_start, later.sentence_end) AS later_sentence,
       count(*) OVER () AS found
FROM ledger
JOIN reviewed AS first ON first.id = ledger.claim
LEFT JOIN offices ON offices.name = ledger.actor
JOIN documents AS said ON said.id = ledger.document
LEFT JOIN reviewed AS later ON later.id = ledger.later
LEFT JOIN documents AS told_in ON told_in.id = later.document
WHERE ($actor IS NULL OR starts_with(ledger.actor_code, upper($actor)) OR has_words(ledger.actor, $actor))
  AND ($target IS NULL OR starts_with(ledger.done_to, upper($target)) OR has_words(ledger.target, $target))
  AND ($party IS NULL OR ledger.doer = $party OR ledger.done_to = $party)
  AND ($kind IS NULL OR kind = $kind)
  AND ($outcome IS NULL OR outcome = $outcome)
ORDER BY day DESC, reports DESC, ledger.id
LIMIT $limit;
