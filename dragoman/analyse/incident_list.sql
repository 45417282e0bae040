-- The incidents that fit every filter given, the most widely told first; named by the names that most of their claims use.
WITH fitting AS (   -- where nothing is asked for, all fit
    SELECT DISTINCT told.incident FROM told JOIN reviewed ON reviewed.id = told.claim
    WHERE ($actor IS NOT NULL OR $recipient IS NOT NULL OR $event_type IS NOT NULL OR $party IS NOT NULL)
      AND ($event_type IS NULL OR type = upper($event_type))
      AND ($actor IS NULL OR starts_with(actor_code, upper($actor)) OR has_words(actor_name, $actor))
      AND ($recipient IS NULL OR starts_with(recipient_code, upper($recipient)) OR has_words(recipient_name, $recipient))
      AND ($party IS NULL OR party(actor_code, actor_name) = $party OR party(recipient_code, recipient_name) = $party)
),
chosen AS (
    SELECT *, count(*) OVER () AS found FROM incidents
    WHERE (planned > 0) = $planned AND (NOT $contested OR (denied > 0 AND actual + alleged > 0))
      AND (($actor IS NULL AND $recipient IS NULL AND $event_type IS NULL AND $party IS NULL) OR incident IN (SELECT incident FROM fitting))
    ORDER BY reports DESC, origins DESC, claims DESC, first_day, id
    LIMIT $limit
)
SELECT chosen.id, first_day, last_day, any_value(reviewed.type) AS type, mode(one_name ORDER BY one_name) AS actor_name,
       mode(other_name ORDER BY other_name) AS recipient_name, mode(place_name ORDER BY place_name) AS place_name, claims, reports, origins,
       list(DISTINCT origin_name ORDER BY origin_name) AS origin_names,
       actual, alleged, denied, planned, denied > 0 AND actual + alleged > 0 AS contested, found
FROM chosen JOIN told USING (incident) JOIN reviewed ON reviewed.id = told.claim
GROUP BY ALL
ORDER BY reports DESC, origins DESC, claims DESC, first_day, chosen.id;
