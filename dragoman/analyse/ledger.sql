-- What was threatened, promised, demanded and denied, and what came of it: temp table ledger. Needs incidents.sql.
-- An entry is an incident of such statements. What it is about is the act that most of its claims name. It is carried
-- out when that act is told of later, by the same actor towards the same target (or, where none is known, in the same
-- word or mode); partly, when another act of the same
-- kind is; walked back, when the actor yields, rules the act out or says the contrary. Else it is open.
CREATE OR REPLACE TEMP TABLE deeds AS
SELECT claims.id AS deed, claims.type, claims.quad, claims.status, act.type AS about_type, party(claims.actor_code, claims.actor_name) AS doer, party(claims.recipient_code, claims.recipient_name) AS done_to,
       substr(lower(claims.trigger_text), 1, 5) AS word, claims.mode,
       day_of(claims.date_value, claims.date_granularity, published) AS day
FROM reviewed AS claims JOIN documents ON documents.id = claims.document LEFT JOIN reviewed AS act ON act.id = claims.about
WHERE claims.status IN ('actual', 'alleged', 'negated') AND claims.actor_name IS NOT NULL
  AND day_of(claims.date_value, claims.date_granularity, published) IS NOT NULL;

CREATE OR REPLACE TEMP TABLE entries AS
WITH said AS (   -- statements with the act that they are about, and whose act that is
    SELECT told.*, claims.type, claims.actor_code, claims.actor_name, claims.recipient_code, claims.recipient_name,
           claims.sentence_start, claims.sentence_end,
           party(claims.actor_code, claims.actor_name) AS doer, party(claims.recipient_code, claims.recipient_name) AS done_to,
           act.type AS content, act.quad AS content_quad, act.status AS act_status, act.date_value AS deadline, act.id AS act,
           substr(lower(act.trigger_text), 1, 5) AS content_word, act.mode AS content_mode,
           party(act.actor_code, act.actor_name) AS act_doer, party(act.recipient_code, act.recipient_name) AS act_target,
           CASE claims.type WHEN 'AGREE' THEN 'promise' WHEN 'REQUEST' THEN 'demand' WHEN 'REJECT' THEN 'denial'
                WHEN 'THREATEN' THEN CASE WHEN starts_with(lower(claims.trigger_text), 'line') THEN 'red line' ELSE 'threat' END
           END AS kind
    FROM told
    JOIN reviewed AS claims ON claims.id = told.claim
    LEFT JOIN reviewed AS act ON act.id = claims.about
    WHERE claims.status IN ('actual', 'alleged') AND claims.actor_name IS NOT NULL
      AND (claims.type IN ('THREATEN', 'AGREE', 'REQUEST') OR (claims.type = 'REJECT' AND starts_with(lower(claims.trigger_text), 'den')))
)
SELECT incident, any_value(kind) AS kind, mode(one_name) AS actor, mode(other_name) AS target, mode(actor_code) AS actor_code,
       mode(doer) AS doer, mode(done_to) AS done_to, mode(content) AS content, mode(content_quad) AS content_quad, mode(content_word) AS content_word, mode(content_mode) AS content_mode,
       mode(coalesce(act_target, CASE WHEN kind <> 'demand' THEN done_to END)) AS act_target,
       bool_or(kind = 'demand' AND act_status IN ('hypothetical', 'negated')) AS not_to,
       bool_or(act_status = 'hypothetical') AS conditional,
       min(day) AS day, max(day) AS last_day, arg_min(claim, day) AS claim, arg_min(act, day) AS act, max(deadline) FILTER (regexp_matches(deadline, '^\d')) AS deadline,
       arg_min(document, day) AS document, arg_min(sentence_start, day) AS sentence_start, arg_min(sentence_end, day) AS sentence_end,
       count(*) AS claims, count(DISTINCT document) AS reports, count(DISTINCT origin) AS origins
FROM said
WHERE kind IN ('threat', 'red line')
   OR (content IS NOT NULL AND act_doer IS NOT DISTINCT FROM CASE WHEN kind = 'demand' THEN done_to ELSE doer END)
GROUP BY incident;

-- Each time the first deed after the entry. A demand is met, or refused, by whom it is made to; a denial is contested
-- by claims of the week before and the day after that tell the act as done.
CREATE OR REPLACE TEMP TABLE followed AS
WITH asked AS (
    SELECT *, CASE WHEN kind = 'demand' THEN done_to ELSE doer END AS by_whom,
           CASE WHEN kind = 'demand' THEN doer ELSE done_to END AS opposite,
           CASE WHEN kind = 'denial' THEN day - 7 ELSE last_day + 1 END AS since
    FROM entries
),
acts AS (SELECT * FROM deeds WHERE status <> 'negated'),
kept AS (
    SELECT asked.incident, acts.deed, acts.day
    FROM asked ASOF JOIN acts
        ON acts.doer = asked.by_whom AND acts.done_to = asked.act_target AND acts.type = asked.content AND acts.day >= asked.since
    UNION ALL
    SELECT asked.incident, acts.deed, acts.day
    FROM asked ASOF JOIN acts   -- where no target is known, the word has to be the same, or the mode
        ON acts.doer = asked.by_whom AND acts.type = asked.content AND acts.word = asked.content_word AND acts.day >= asked.since
    WHERE asked.act_target IS NULL
    UNION ALL
    SELECT asked.incident, acts.deed, acts.day
    FROM asked ASOF JOIN acts
        ON acts.doer = asked.by_whom AND acts.type = asked.content AND acts.mode = asked.content_mode AND acts.day >= asked.since
    WHERE asked.act_target IS NULL
),
in_part AS (
    SELECT asked.incident, acts.deed, acts.day
    FROM asked ASOF JOIN acts
        ON acts.doer = asked.by_whom AND acts.done_to = asked.act_target AND acts.quad = asked.content_quad AND acts.day >= asked.since
    WHERE (asked.kind = 'promise' AND acts.quad = 2) OR (asked.kind IN ('threat', 'red line') AND acts.quad = 4)
),
back AS (
    SELECT asked.incident, yields.deed, yields.day
    FROM asked ASOF JOIN (SELECT * FROM acts WHERE type IN ('CONCEDE', 'RETREAT')) AS yields
        ON yields.doer = asked.doer AND yields.done_to = asked.done_to AND yields.day >= asked.since
    WHERE asked.kind IN ('threat', 'red line', 'demand') AND coalesce(yields.about_type, asked.content) = asked.content
    UNION ALL
    SELECT asked.incident, refusals.deed, refusals.day
    FROM asked ASOF JOIN (SELECT * FROM acts WHERE type = 'REJECT') AS refusals
        ON refusals.doer = asked.by_whom AND refusals.done_to = asked.opposite AND refusals.day >= asked.since
    WHERE asked.kind IN ('promise', 'demand') AND coalesce(refusals.about_type, asked.content) = asked.content
    UNION ALL
    SELECT asked.incident, undone.deed, undone.day
    FROM asked ASOF JOIN (SELECT * FROM deeds WHERE status = 'negated') AS undone
        ON undone.doer = asked.by_whom AND undone.type = asked.content AND undone.day >= asked.since
    WHERE asked.kind IN ('threat', 'red line', 'promise')
      AND (asked.act_target IS NULL OR undone.done_to IS NULL OR undone.done_to = asked.act_target)
)
SELECT incident,
       arg_min(deed, (day, deed)) FILTER (how = 'kept') AS kept_by, min(day) FILTER (how = 'kept') AS kept_on,
       arg_min(deed, (day, deed)) FILTER (how = 'part') AS part_by, min(day) FILTER (how = 'part') AS part_on,
       arg_min(deed, (day, deed)) FILTER (how = 'back') AS back_by, min(day) FILTER (how = 'back') AS back_on
FROM (SELECT *, 'kept' AS how FROM kept UNION ALL SELECT *, 'part' FROM in_part UNION ALL SELECT *, 'back' FROM back)
GROUP BY incident;

CREATE OR REPLACE TEMP TABLE ledger AS
SELECT 'l_' || substr(md5(entries.incident), 1, 12) AS id, entries.*,
       CASE WHEN kind = 'denial' THEN CASE WHEN kept_on <= last_day + 1 THEN 'contested' ELSE 'stands' END
            WHEN not_to THEN CASE WHEN kept_on <= last_day + getvariable('horizon') THEN 'refused' ELSE 'open' END
            WHEN kept_on <= last_day + getvariable('horizon') THEN CASE WHEN kind = 'demand' THEN 'met' ELSE 'carried out' END
            WHEN back_on <= last_day + getvariable('horizon') AND (part_on IS NULL OR back_on <= part_on)
                THEN CASE WHEN kind = 'demand' THEN 'refused' ELSE 'walked back' END
            WHEN part_on <= last_day + getvariable('horizon') THEN 'partly carried out'
            ELSE 'open' END AS outcome,
       CASE outcome WHEN 'open' THEN NULL WHEN 'stands' THEN NULL WHEN 'partly carried out' THEN part_by
            WHEN 'walked back' THEN back_by WHEN 'refused' THEN CASE WHEN not_to THEN kept_by ELSE back_by END
            ELSE kept_by END AS later,
       CASE WHEN later = kept_by THEN kept_on WHEN later = back_by THEN back_on WHEN later = part_by THEN part_on END AS later_on
FROM entries LEFT JOIN followed ON followed.incident = entries.incident;
