-- What a party does to others (given) and others do to it, claim by claim: temp table toward. Nobody may be told.
-- Needs sided.sql and the variable party.
CREATE OR REPLACE TEMP TABLE toward AS
SELECT target AS other, TRUE AS given, intensity, day FROM sided
WHERE actor = getvariable('party') AND target IS DISTINCT FROM actor
UNION ALL
SELECT actor, FALSE, intensity, day FROM sided
WHERE target = getvariable('party') AND actor IS DISTINCT FROM target;
