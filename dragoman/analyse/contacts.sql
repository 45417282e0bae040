-- By which ways two parties are in touch: claims of consulting and cooperating, and their denials and announcements, by
-- channel. A use is one happening. Needs origins.sql and incidents.sql (told).
WITH touched AS (
    SELECT claims.*, documents.published,
           least(party(actor_code, actor_name), party(recipient_code, recipient_name)) AS one,
           greatest(party(actor_code, actor_name), party(recipient_code, recipient_name)) AS other,
           lower(trigger_text) AS word,
           lower(words_of(documents.text, sentence_start, sentence_end)) AS words
    FROM reviewed AS claims JOIN documents ON documents.id = claims.document
    WHERE type IN ('CONSULT', 'COOPERATE') AND actor_name IS NOT NULL AND recipient_name IS NOT NULL
),
by_channel AS (
    SELECT touched.*, told.incident, coalesce(told.day, day_of(date_value, date_granularity, published)) AS day, origins.origin, origins.name AS origin_name,
           CASE WHEN regexp_matches(words, '\b(hotline|hot line|deconflict)') THEN 'hotline'
                WHEN substr(actor_code, 4, 3) = 'MIL' AND substr(recipient_code, 4, 3) = 'MIL' THEN 'military to military'
                WHEN mode = 'third-party' OR regexp_matches(word, '^(mediat|broker|interced)') THEN 'third party'
                WHEN mode = 'phone' OR regexp_matches(word, '^(phone|telephon|call)') THEN 'call'
                WHEN mode = 'visit' OR regexp_matches(word, '^(visit|travel|arriv|fl[ey]w|trip)') THEN 'visit'
                WHEN regexp_matches(word, '^(envoy|emissar|delegat|ambassador)') THEN 'envoy'
                WHEN regexp_matches(word, '^(letter|wr[io]te|cable|messag|e-?mail)') THEN 'letter'
                WHEN regexp_matches(word, '^(me[et]|talk|negotia|summit|confer|discuss|consult|negotiat)') THEN 'meeting'
                ELSE lower(touched.type) END AS channel
    FROM touched
    JOIN origins ON origins.claim = touched.id
    LEFT JOIN told ON told.claim = touched.id
    WHERE one <> other
      AND ($one IS NULL OR starts_with(one, upper($one)) OR starts_with(other, upper($one)))
      AND ($other IS NULL OR starts_with(one, upper($other)) OR starts_with(other, upper($other)))
)
SELECT one, other, channel,
       count(DISTINCT incident) FILTER (status IN ('actual', 'alleged')) AS uses,
       min(day) FILTER (status IN ('actual', 'alleged')) AS first_use, max(day) FILTER (status IN ('actual', 'alleged')) AS last_use,
       count(*) FILTER (status = 'negated') AS denied, count(*) FILTER (status IN ('planned', 'hypothetical')) AS announced,
       count(DISTINCT origin) FILTER (status IN ('actual', 'alleged')) AS origins,
       list(DISTINCT origin_name ORDER BY origin_name) FILTER (status IN ('actual', 'alleged')) AS vouched_by,
       arg_max(id, (day, id)) FILTER (status IN ('actual', 'alleged')) AS last_claim, count(*) OVER () AS found
FROM by_channel
GROUP BY one, other, channel
ORDER BY uses DESC, last_use DESC NULLS LAST, one, other, channel
LIMIT $limit;
