-- A batch of claims as JSON goes in; a claim that is already there is left as it is.
INSERT OR IGNORE INTO claims BY NAME
SELECT claim.* FROM (SELECT unnest(from_json($claims, $structure)) AS claim);
