-- Observations by what they are about: PLOVER's contexts (military, cbrn, ...) and, for what is said about an act, its type
-- (THREATEN about ASSAULT). One with several topics stands under each. Needs observations.sql; temp table by_topic.
CREATE OR REPLACE TEMP TABLE by_topic AS
WITH topics AS (
    SELECT DISTINCT coalesce(told.incident, claims.id) AS happening, origins.origin,
           unnest(list_append(claims.contexts, acts.type)) AS topic
    FROM reviewed AS claims
    JOIN origins ON origins.claim = claims.id
    LEFT JOIN told ON told.claim = claims.id
    LEFT JOIN reviewed AS acts ON acts.id = claims.about
    WHERE claims.status <> 'negated' AND length(claims.actor_code) >= 3 AND length(claims.recipient_code) >= 3
)
SELECT observations.*, topic FROM observations JOIN topics USING (happening, origin) WHERE topic IS NOT NULL;
