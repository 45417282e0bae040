-- Every claim of the desk as one row of the table desk; src and tgt are the parties ("?": not told). Needs desk.sql.
WITH chains AS (SELECT claim, list(name ORDER BY position) AS chain FROM reviewed_sources GROUP BY claim)
SELECT id, actor, recipient, coalesce(replace(actor, '>', '›'), '?') AS src, coalesce(replace(recipient, '>', '›'), '?') AS tgt,
       actor_name, actor_code, recipient_name, recipient_code, type, mode, quad, intensity, status, commitment, document,
       publisher, title, published, day, place_name, place_country, place_latitude, place_longitude, place_precision,
       sentence_text, coalesce(chain, []) AS chain, review, trigger_start
FROM shown LEFT JOIN chains ON chains.claim = shown.id
