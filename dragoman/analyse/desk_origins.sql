-- Origins with the documents that tell of them, and the longest chain by which each document came there.
WITH chains AS (
    SELECT claim, list(name ORDER BY position) AS chain FROM reviewed_sources GROUP BY claim
),
tellings AS (
    SELECT origins.origin, claims.document, coalesce(arg_max(chain, (len(chain), claims.id)), []) AS chain,
           arg_max(claims.id, (coalesce(len(chain), 0), claims.id)) AS claim, count(*) AS claims
    FROM reviewed AS claims JOIN origins ON origins.claim = claims.id LEFT JOIN chains ON chains.claim = claims.id
    GROUP BY origins.origin, claims.document
),
chosen AS (
    SELECT tellings.origin, names.name, CAST(sum(claims) AS BIGINT) AS claims, count(*) AS reports
    FROM tellings JOIN (SELECT origin, mode(name ORDER BY name) AS name FROM origins GROUP BY origin) AS names USING (origin)
    GROUP BY ALL ORDER BY reports DESC, claims DESC, tellings.origin LIMIT $limit
)
SELECT chosen.*, documents.id, documents.title, documents.publisher, tellings.chain, tellings.claim
FROM chosen JOIN tellings USING (origin) JOIN documents ON documents.id = tellings.document
QUALIFY row_number() OVER (PARTITION BY origin ORDER BY documents.published, documents.id) <= $documents
ORDER BY chosen.reports DESC, chosen.claims DESC, chosen.origin, documents.published, documents.id;
