-- The claims that are asked for ($claims; NULL: all), in their order. Needs claim_rows.sql.
CREATE OR REPLACE TEMP TABLE asked AS
SELECT id, row_number() OVER (ORDER BY place) AS place
FROM claim_rows WHERE $claims IS NULL OR id IN (SELECT unnest($claims));
