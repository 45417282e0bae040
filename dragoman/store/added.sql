-- The claims that people added and did not take back, of documents that are here. They are made of reviews (keep_added.sql)
-- whenever a decision or the coding of a document comes in, and kept, so that questions to a case without any cost nothing.
CREATE TABLE added AS                -- coded_as: the claim of the coder that is the same, where there is one
    SELECT *, CAST(NULL AS VARCHAR) AS coded_as FROM claims LIMIT 0;
CREATE TABLE added_sources AS        -- the chains of those that the coder has not
    SELECT * FROM sources LIMIT 0;

-- Is the same party meant? By name, else by the same words of the text; where these are not known, by code.
CREATE MACRO same_party(name, code, first, stop, other_name, other_code, other_first, other_stop) AS
    name IS NOT DISTINCT FROM other_name
    OR coalesce(CASE WHEN first IS NOT NULL AND other_first IS NOT NULL THEN first < other_stop AND other_first < stop
                     ELSE code = other_code END, FALSE);
