-- Where each claim comes from in the end: temp tables copies (document, first) and origins (claim, origin, name); also
-- the macro outlet.
-- Copies of one text count as the earliest of them. A chain ends in the innermost mouth that has a name; without one
-- the outlet vouches that printed the text first.
CREATE OR REPLACE TEMP TABLE copies AS
WITH prints AS (SELECT document, unnest(hashes) AS hash, len(hashes) AS size FROM sketches),
common AS (   -- a run of words that a hundred reports share is boilerplate
    SELECT * FROM prints WHERE hash IN (SELECT hash FROM prints GROUP BY hash HAVING count(*) BETWEEN 2 AND 100)
),
alike AS (
    SELECT a.document, b.document AS other
    FROM common AS a JOIN common AS b ON a.hash = b.hash AND a.document <> b.document
    GROUP BY a.document, b.document
    HAVING count(*) >= 0.5 * least(any_value(a.size), any_value(b.size))
),
first_alike AS (
    SELECT alike.document, arg_min(other, (coalesce(theirs.published, DATE '9999-01-01'), other)) AS other
    FROM alike JOIN documents AS theirs ON theirs.id = other JOIN documents AS own ON own.id = alike.document
    WHERE (coalesce(theirs.published, DATE '9999-01-01'), other) < (coalesce(own.published, DATE '9999-01-01'), own.id)
    GROUP BY alike.document
)
SELECT documents.id AS document, coalesce(second.other, first.other, documents.id) AS first
FROM documents
LEFT JOIN first_alike AS first ON first.document = documents.id
LEFT JOIN first_alike AS second ON second.document = first.other;

CREATE OR REPLACE TEMP MACRO outlet(name) AS
    trim(regexp_replace(lower(name), '\b(the|newspaper|news|agency|website|tv|television|daily)\b', '', 'g'));

CREATE OR REPLACE TEMP TABLE origins AS
WITH last_named AS (
    SELECT claim, arg_max(name, position) AS name, arg_max(kind, position) AS kind, arg_max(code, position) AS code
    FROM reviewed_sources WHERE kind IN ('publisher', 'person', 'institution') GROUP BY claim
),
mouths AS (
    SELECT claim, name,
           CASE kind
               WHEN 'person' THEN concat_ws(' ', substr(code, 1, 3), lower(regexp_extract(name, '[\pL\pN''’-]+$')))
               WHEN 'institution' THEN coalesce(substr(code, 1, 3) || coalesce(nullif(replace(substr(code, 4), 'GOV', ''), ''), ''),
                                                lower(name))
               ELSE outlet(name)
           END AS origin
    FROM last_named
),
prints AS (
    SELECT copies.document, coalesce(printed.publisher, 'document ' || printed.id) AS name,
           coalesce(outlet(printed.publisher), printed.id) AS origin
    FROM copies JOIN documents AS printed ON printed.id = copies.first
)
SELECT claims.id AS claim, coalesce(mouths.name, prints.name) AS name, coalesce(mouths.origin, prints.origin) AS origin
FROM reviewed AS claims
JOIN prints ON prints.document = claims.document
LEFT JOIN mouths ON mouths.claim = claims.id;
