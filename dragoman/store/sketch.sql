-- A sketch of each new document: the 24 smallest hashes of its runs of five words. Copies of one text share most
-- of it; events without a text have none.
INSERT INTO sketches
WITH cut AS (
    SELECT id, regexp_extract_all(lower(text), '[\pL\pN]+') AS words FROM documents
    WHERE id NOT IN (SELECT document FROM sketches)
),
words AS (
    SELECT id, len(words) AS length, unnest(words) AS word, generate_subscripts(words, 1) AS place FROM cut
),
runs AS (   -- a text of fewer words is one run
    SELECT id, concat_ws(' ', word, lead(word, 1) OVER following, lead(word, 2) OVER following, lead(word, 3) OVER following,
                         lead(word, 4) OVER following) AS run, place <= greatest(length - 4, 1) AS whole
    FROM words WINDOW following AS (PARTITION BY id ORDER BY place)
)
SELECT id, list_slice(list_sort(list(DISTINCT md5_number_lower(run))), 1, 24) FROM runs WHERE whole GROUP BY id;
