-- A sketch of each new document: the 24 smallest hashes of its runs of five words. Copies of one text share most
-- of it; events without a text have none.
INSERT INTO sketches
WITH cut AS (
    SELECT id, regexp_extract_all(lower(text), '[\pL\pN]+') AS words FROM documents
    WHERE id NOT IN (SELECT document FROM sketches)
),
runs AS (
    SELECT id, generate_subscripts(words, 1) AS place, unnest(words) AS first, unnest(words[2:]) AS second,
           unnest(words[3:]) AS third, unnest(words[4:]) AS fourth, unnest(words[5:]) AS fifth
    FROM cut
)
SELECT id, list_slice(list_sort(list_distinct(list(
    md5_number_lower(concat_ws(' ', first, second, third, fourth, fifth))))), 1, 24)
FROM runs WHERE fifth IS NOT NULL OR place = 1   -- a text of fewer words is one run
GROUP BY id;
