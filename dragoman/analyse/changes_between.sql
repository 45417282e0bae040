-- The codings of the documents that two case files hold both.
CREATE OR REPLACE TEMP VIEW coded_before AS
    SELECT claims.*, chains.chain FROM claims
    LEFT JOIN (SELECT claim, string_agg(name, ' > ' ORDER BY position) AS chain FROM sources GROUP BY claim) AS chains
        ON chains.claim = claims.id
    WHERE document IN (SELECT id FROM other.documents);
CREATE OR REPLACE TEMP VIEW coded_after AS
    SELECT claims.*, chains.chain FROM other.claims AS claims
    LEFT JOIN (SELECT claim, string_agg(name, ' > ' ORDER BY position) AS chain FROM other.sources GROUP BY claim)
        AS chains ON chains.claim = claims.id
    WHERE document IN (SELECT id FROM documents);
