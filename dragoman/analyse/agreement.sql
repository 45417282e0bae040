-- Claims that two coders have on the same word of the same document, paired with the likest; NULL where one has none.
WITH one AS (SELECT * FROM reviewed WHERE document IN (SELECT id FROM other.documents)),
two AS (SELECT * FROM other.reviewed WHERE document IN (SELECT id FROM documents)),
candidates AS (
    SELECT one.id AS a, two.id AS b,
           2 * (one.id = two.id)::INT + (one.type = two.type)::INT
               + (one.actor_code IS NOT DISTINCT FROM two.actor_code)::INT
               + (one.recipient_code IS NOT DISTINCT FROM two.recipient_code)::INT AS likeness
    FROM one JOIN two ON one.document = two.document
        AND one.trigger_start < two.trigger_end AND two.trigger_start < one.trigger_end
),
pairs AS (
    SELECT a, b FROM candidates
    QUALIFY row_number() OVER (PARTITION BY a ORDER BY likeness DESC, b) = 1
        AND row_number() OVER (PARTITION BY b ORDER BY likeness DESC, a) = 1
)
SELECT CASE WHEN one.id IS NOT NULL THEN one END AS one, CASE WHEN two.id IS NOT NULL THEN two END AS two
FROM pairs FULL JOIN one ON one.id = pairs.a FULL JOIN two ON two.id = pairs.b
ORDER BY coalesce(one.document, two.document), coalesce(one.trigger_start, two.trigger_start), one.id, two.id;
