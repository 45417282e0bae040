-- Two codings of the same documents, claim by claim: new, gone, changed or the same.  A claim is paired with the one of
-- its id, else with one on the same word and of the same parties or type.
WITH unpaired_before AS (SELECT * FROM coded_before WHERE id NOT IN (SELECT id FROM coded_after)),
unpaired_after AS (SELECT * FROM coded_after WHERE id NOT IN (SELECT id FROM coded_before)),
candidates AS (
    SELECT b.id AS before, a.id AS after,
           (b.type = a.type)::INT + (b.actor_code IS NOT DISTINCT FROM a.actor_code)::INT
               + (b.recipient_code IS NOT DISTINCT FROM a.recipient_code)::INT AS likeness
    FROM unpaired_before AS b
    JOIN unpaired_after AS a ON a.document = b.document AND a.trigger_start = b.trigger_start
    WHERE likeness > 0
),
pairs AS (
    SELECT before, after FROM candidates
    QUALIFY row_number() OVER (PARTITION BY before ORDER BY likeness DESC, after) = 1
        AND row_number() OVER (PARTITION BY after ORDER BY likeness DESC, before) = 1
    UNION ALL
    SELECT id, id FROM coded_before WHERE id IN (SELECT id FROM coded_after)
),
joined AS (
    SELECT b AS old, a AS new FROM pairs JOIN coded_before AS b ON b.id = before JOIN coded_after AS a ON a.id = after
    UNION ALL
    SELECT b, NULL FROM unpaired_before AS b WHERE id NOT IN (SELECT before FROM pairs)
    UNION ALL
    SELECT NULL, a FROM unpaired_after AS a WHERE id NOT IN (SELECT after FROM pairs)
),
told AS (
    SELECT coalesce(new.document, old.document) AS document, coalesce(new.trigger_start, old.trigger_start) AS place,
           coalesce(new.trigger_text, old.trigger_text) AS word, coalesce(new.id, old.id) AS claim,
           old.type AS old_type, new.type AS new_type, old.actor_name AS old_actor, new.actor_name AS new_actor,
           old.recipient_name AS old_recipient, new.recipient_name AS new_recipient,
           old.status AS old_status, new.status AS new_status, old.chain AS old_chain, new.chain AS new_chain,
           concat_ws(', ',
               CASE WHEN old.type <> new.type THEN 'type' END,
               CASE WHEN old.mode IS DISTINCT FROM new.mode THEN 'mode' END,
               CASE WHEN old.actor_code IS DISTINCT FROM new.actor_code
                      OR old.actor_name IS DISTINCT FROM new.actor_name THEN 'actor' END,
               CASE WHEN old.recipient_code IS DISTINCT FROM new.recipient_code
                      OR old.recipient_name IS DISTINCT FROM new.recipient_name THEN 'recipient' END,
               CASE WHEN old.status <> new.status THEN 'status' END,
               CASE WHEN old.chain IS DISTINCT FROM new.chain THEN 'sources' END,
               CASE WHEN old.date_value IS DISTINCT FROM new.date_value THEN 'date' END,
               CASE WHEN old.place_name IS DISTINCT FROM new.place_name THEN 'place' END
           ) AS fields,
           old.id IS NOT NULL AS was, new.id IS NOT NULL AS "is"
    FROM joined
)
SELECT CASE WHEN NOT was THEN 'new' WHEN NOT "is" THEN 'gone' WHEN fields <> '' THEN 'changed' ELSE 'same' END AS kind,
       * EXCLUDE (was, "is")
FROM told ORDER BY document, place, claim;
