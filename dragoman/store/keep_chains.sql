-- The chains of the claims that people added to some documents and the coder has not.
INSERT INTO added_sources
SELECT id, CAST(place - 1 AS TINYINT), link.name, link.kind, link.code, link.cue, link.text, link.span[1], link.span[2]
FROM (
    SELECT claim AS id, unnest(links) AS link, generate_subscripts(links, 1) AS place
    FROM (
        SELECT claim, from_json(changes -> 'sources', '[{"name": "VARCHAR", "kind": "VARCHAR", "code": "VARCHAR",
                                                         "cue": "VARCHAR", "text": "VARCHAR", "span": ["INTEGER"]}]') AS links
        FROM reviews
        WHERE action = 'add' AND claim IN (SELECT id FROM added WHERE coded_as IS NULL AND document IN (SELECT unnest($documents)))
          AND number NOT IN (SELECT undone FROM reviews WHERE undone IS NOT NULL)
        QUALIFY row_number() OVER (PARTITION BY claim ORDER BY number DESC) = 1
    )
);
