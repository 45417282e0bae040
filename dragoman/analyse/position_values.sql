-- The acts and words of the pairs that might have moved: enough happenings, from enough sources.
SELECT actor, target, day, intensity, origin, origin_name, claim
FROM observations JOIN pairs USING (actor, target)
WHERE sort <> 'conditional' AND pairs.told >= 2 * $fewest AND pairs.origins >= $sources
  AND ($actor IS NULL OR starts_with(actor, upper($actor))) AND ($target IS NULL OR starts_with(target, upper($target)))
ORDER BY actor, target, day, happening, origin;
