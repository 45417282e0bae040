-- A claim of the document that tells the same as a new one, on some of the same words; by its coding, or as corrected.
SELECT told.id, decisions.action AS review
FROM (SELECT * FROM all_claims UNION ALL SELECT * EXCLUDE (review) FROM reviewed) AS told
LEFT JOIN decisions ON decisions.applies_to = told.id
WHERE told.document = $document AND told.type = $type
  AND told.trigger_start < $trigger_end AND $trigger_start < told.trigger_end
  AND same_party(told.actor_name, told.actor_code, told.actor_start, told.actor_end,
                 $actor_name, $actor_code, $actor_start, $actor_end)
  AND same_party(told.recipient_name, told.recipient_code, told.recipient_start, told.recipient_end,
                 $recipient_name, $recipient_code, $recipient_start, $recipient_end)
ORDER BY told.id
LIMIT 1;
