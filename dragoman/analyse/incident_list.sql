-- The incidents that fit every filter given, the most widely told first; named by the names that most of their claims use.
CREATE OR REPLACE TEMP MACRO has_words(name, words) AS
    regexp_matches(name, '(^|[^\pL\pN])' || regexp_escape(words) || '([^\pL\pN]|$)', 'i');
SELECT incidents.id, first_day, last_day, named.type, named.actor_name, named.recipient_name, named.place_name,
       claims, reports, origins, origin_names, actual, alleged, denied,
       denied > 0 AND actual + alleged > 0 AS contested, count(*) OVER () AS found
FROM incidents
JOIN (
    SELECT told.incident, any_value(type) AS type, mode(one_name) AS actor_name, mode(other_name) AS recipient_name,
           mode(place_name) AS place_name,
           bool_or($actor IS NULL OR starts_with(actor_code, upper($actor)) OR has_words(actor_name, $actor)) AS by_actor,
           bool_or($recipient IS NULL OR starts_with(recipient_code, upper($recipient)) OR has_words(recipient_name, $recipient)) AS by_recipient
    FROM told JOIN reviewed ON reviewed.id = told.claim GROUP BY told.incident
) AS named ON named.incident = incidents.incident
WHERE by_actor AND by_recipient
  AND ($event_type IS NULL OR named.type = upper($event_type))
  AND (NOT $contested OR (denied > 0 AND actual + alleged > 0))
ORDER BY reports DESC, origins DESC, claims DESC, first_day, incidents.id
LIMIT $limit;
