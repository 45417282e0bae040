-- Observations by what they are about: PLOVER's contexts (military, cbrn, ...) and, for what is said about an act, its type
-- (THREATEN about ASSAULT). One with several topics stands under each. Needs observations.sql; temp table by_topic.
CREATE OR REPLACE TEMP TABLE by_topic AS
WITH topics AS (
    SELECT DISTINCT hash(incident, origin) AS told_by, unnest(list_append(claims.contexts, acts.type)) AS topic
    FROM told
    JOIN all_claims AS claims ON claims.id = told.claim
    LEFT JOIN reviewed AS acts ON acts.id = claims.about
    WHERE coded AND told.status <> 'negated'
)
SELECT observations.*, topic FROM observations JOIN topics ON told_by = hash(happening, origin) WHERE topic IS NOT NULL;
