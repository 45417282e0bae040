-- The claims of documents that another run is about to code again, kept with the run that had coded them.
INSERT INTO earlier BY NAME
SELECT documents.run, claims.*, chains.chain
FROM claims
JOIN documents ON documents.id = claims.document
LEFT JOIN (SELECT claim, string_agg(name, ' > ' ORDER BY position) AS chain FROM sources GROUP BY claim) AS chains
    ON chains.claim = claims.id
WHERE claims.document IN (SELECT unnest($documents)) AND documents.run <> $run;
