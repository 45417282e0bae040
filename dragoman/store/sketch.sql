-- A sketch of each new document: the 24 smallest hashes of its runs of five words. Copies of one text share most
-- of it; events without a text have none.
INSERT INTO sketches
SELECT id, list_slice(list_sort(list_distinct([
           md5_number_lower(array_to_string(list_slice(words, i, i + 4), ' '))
           FOR i IN range(1, CAST(greatest(len(words) - 3, 2) AS BIGINT))
       ])), 1, 24)
FROM (SELECT id, regexp_extract_all(lower(text), '[\pL\pN]+') AS words FROM documents)
WHERE id NOT IN (SELECT document FROM sketches) AND len(words) > 0;
