-- The acts and words of the pairs that might have moved: enough happenings, from enough sources. Needs pairs.sql.
SELECT actor, target, topic, day, CAST(intensity AS DOUBLE) AS intensity, origin, origin_name, claim
FROM positioned JOIN pairs USING (actor, target, topic)
WHERE sort <> 'conditional' AND pairs.told >= 2 * $fewest AND pairs.origins >= $sources
  AND ($actor IS NULL OR starts_with(actor, upper($actor))) AND ($target IS NULL OR starts_with(target, upper($target)))
ORDER BY actor, target, topic, day, happening, origin;
