-- The claims that people added to some documents, as the decisions about them stand now. Their words have to stand in the text.
INSERT INTO added BY NAME
WITH given AS (
    SELECT claim AS id, reviews.document, text, changes
    FROM reviews JOIN documents ON documents.id = reviews.document
    WHERE reviews.document IN (SELECT unnest($documents))
      AND action = 'add' AND number NOT IN (SELECT undone FROM reviews WHERE undone IS NOT NULL)
    QUALIFY row_number() OVER (PARTITION BY claim ORDER BY number DESC) = 1
),
whole AS (
    SELECT claim.* REPLACE (id AS id, document AS document), text
    FROM (SELECT id, document, text, from_json(changes, $structure) AS claim FROM given)
),
coded AS (   -- what the coder found as well is the coder's
    SELECT whole.id, min(claims.id) AS coded_as
    FROM whole JOIN claims ON claims.document = whole.document AND claims.type = whole.type
         AND claims.trigger_start < whole.trigger_end AND whole.trigger_start < claims.trigger_end
         AND same_party(claims.actor_name, claims.actor_code, claims.actor_start, claims.actor_end,
                        whole.actor_name, whole.actor_code, whole.actor_start, whole.actor_end)
         AND same_party(claims.recipient_name, claims.recipient_code, claims.recipient_start, claims.recipient_end,
                        whole.recipient_name, whole.recipient_code, whole.recipient_start, whole.recipient_end)
    WHERE claims.document IN (SELECT unnest($documents))
    GROUP BY whole.id
)
SELECT whole.* EXCLUDE (text), coded_as
FROM whole LEFT JOIN coded ON coded.id = whole.id
WHERE substr(text, trigger_start + 1, trigger_end - trigger_start) = trigger_text;
