-- The coding of each document now, and the one that it replaced.
CREATE OR REPLACE TEMP VIEW coded_before AS
    SELECT * EXCLUDE (run, number) FROM (
        SELECT earlier.*, runs.number, max(runs.number) OVER (PARTITION BY document) AS last
        FROM earlier JOIN runs ON runs.id = earlier.run
    ) WHERE number = last;
CREATE OR REPLACE TEMP VIEW coded_after AS
    SELECT claims.*, chains.chain, 0 AS last FROM claims
    LEFT JOIN (SELECT claim, string_agg(name, ' > ' ORDER BY position) AS chain FROM sources GROUP BY claim) AS chains
        ON chains.claim = claims.id
    WHERE document IN (SELECT document FROM earlier);
