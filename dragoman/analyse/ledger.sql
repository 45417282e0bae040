-- What was threatened, promised, demanded and denied, and what came of it: temp table ledger. Needs incidents.sql.
-- An entry is an incident of such statements. What it is about is the act that most of its claims name. It is carried
-- out when that act is told of later, by the same actor towards the same target (or, where none is known, in the same
-- word or mode); partly, when another act of the same
-- kind is; walked back, when the actor yields, rules the act out or says the contrary. Else it is open.
CREATE OR REPLACE TEMP TABLE deeds AS
SELECT claims.id AS deed, claims.type, claims.quad, claims.status, act.type AS about_type, party(claims.actor_code, claims.actor_name) AS doer, party(claims.recipient_code, claims.recipient_name) AS done_to,
       stem(claims.trigger_text) AS word, claims.mode,
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
           stem(act.trigger_text) AS content_word, act.mode AS content_mode,
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
SELECT incident, min(kind) AS kind, mode(one_name ORDER BY one_name) AS actor, mode(other_name ORDER BY other_name) AS target, mode(actor_code ORDER BY actor_code) AS actor_code,
       mode(doer ORDER BY doer) AS doer, mode(done_to ORDER BY done_to) AS done_to, mode(content ORDER BY content) AS content, mode(content_quad ORDER BY content_quad) AS content_quad, mode(content_word ORDER BY content_word) AS content_word, mode(content_mode ORDER BY content_mode) AS content_mode,
       mode(coalesce(act_target, CASE WHEN kind <> 'demand' THEN done_to END) ORDER BY coalesce(act_target, done_to)) AS act_target,
       bool_or(kind = 'demand' AND act_status IN ('hypothetical', 'negated')) AS not_to,
       bool_or(act_status = 'hypothetical') AS conditional,
       min(day) AS day, max(day) AS last_day, arg_min(claim, (day, claim)) AS claim, arg_min(act, (day, claim)) AS act, max(deadline) FILTER (regexp_matches(deadline, '^\d') AND left(deadline, 10) > left(CAST(day AS VARCHAR), least(length(deadline), 10))) AS deadline,
       arg_min(document, (day, claim)) AS document, arg_min(sentence_start, (day, claim)) AS sentence_start, arg_min(sentence_end, (day, claim)) AS sentence_end,
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
-- One deed for each day and whatever it is looked up by, so that the answer never hangs on chance.
towards AS (
    SELECT doer, done_to, type, manner, day, min(deed) AS deed
    FROM (SELECT *, unnest(['any', coalesce(mode, 'none')]) AS manner FROM acts WHERE done_to IS NOT NULL) GROUP BY ALL
),
in_what_manner AS (   -- where a mode is told of both, it has to be the same: who resigns withdraws no troops
    SELECT *, unnest(CASE WHEN content_mode IS NULL THEN ['any'] ELSE [content_mode, 'none'] END) AS wanted FROM asked
),
by_word AS (SELECT doer, type, word, day, min(deed) AS deed FROM acts GROUP BY ALL),
by_mode AS (SELECT doer, type, mode, day, min(deed) AS deed FROM acts WHERE mode IS NOT NULL GROUP BY ALL),
of_class AS (SELECT doer, done_to, type, day, min(deed) AS deed FROM acts WHERE done_to IS NOT NULL GROUP BY ALL),
other_kinds AS (   -- what would carry it out in part: the other types of its class
    SELECT *, unnest([other FOR other IN CASE WHEN kind = 'promise' THEN ['COOPERATE', 'AID', 'RETREAT']
                      ELSE ['PROTEST', 'SANCTION', 'MOBILIZE', 'COERCE', 'ASSAULT'] END IF other <> content]) AS wanted
    FROM asked WHERE (kind = 'promise' AND content_quad = 2) OR (kind IN ('threat', 'red line') AND content_quad = 4)
),
yields AS (
    SELECT doer, done_to, type, coalesce(about_type, 'anything') AS about, day, min(deed) AS deed
    FROM acts WHERE type IN ('CONCEDE', 'RETREAT', 'REJECT') AND done_to IS NOT NULL GROUP BY ALL
),
undone AS (
    SELECT doer, coalesce(done_to, 'anybody ' || word) AS done_to, type, day, min(deed) AS deed
    FROM deeds WHERE status = 'negated' GROUP BY ALL
),
kept AS (
    SELECT incident, deed, towards.day FROM in_what_manner ASOF JOIN towards
        ON towards.doer = by_whom AND towards.done_to = act_target AND type = content AND manner = wanted AND towards.day >= since
    UNION ALL   -- where no target is known, the word has to be the same, or the mode
    SELECT incident, deed, by_word.day FROM (SELECT * FROM asked WHERE act_target IS NULL) AS asked ASOF JOIN by_word
        ON by_word.doer = by_whom AND type = content AND word = content_word AND by_word.day >= since
    UNION ALL
    SELECT incident, deed, by_mode.day FROM (SELECT * FROM asked WHERE act_target IS NULL) AS asked ASOF JOIN by_mode
        ON by_mode.doer = by_whom AND type = content AND mode = content_mode AND by_mode.day >= since
),
in_part AS (
    SELECT incident, deed, of_class.day FROM other_kinds ASOF JOIN of_class
        ON of_class.doer = by_whom AND of_class.done_to = act_target AND of_class.type = wanted AND of_class.day >= since
),
giving_way AS (   -- who said it yields to the target; of a promise, and of a demand by whom it is to be met, who rejects it
    SELECT *, doer AS back_by, done_to AS back_to, unnest(['CONCEDE', 'RETREAT']) AS back_as
    FROM asked WHERE kind IN ('threat', 'red line', 'demand')
    UNION ALL
    SELECT *, by_whom, opposite, 'REJECT' FROM asked WHERE kind IN ('promise', 'demand')
),
answers AS (   -- a promise is broken by what rejects it, and not by a rejection of who knows what
    SELECT *, unnest(CASE WHEN kind = 'promise' THEN [content] ELSE [content, 'anything'] END) AS wanted
    FROM giving_way WHERE content IS NOT NULL AND back_by IS DISTINCT FROM back_to   -- at home, others speak
),
targets AS (
    SELECT *, unnest([act_target, 'anybody ' || content_word]) AS wanted FROM asked WHERE kind IN ('threat', 'red line', 'promise')
),
back AS (
    SELECT incident, deed, yields.day FROM answers ASOF JOIN yields
        ON yields.doer = back_by AND yields.done_to = back_to AND yields.type = back_as AND about = wanted AND yields.day >= since
    UNION ALL
    SELECT incident, deed, undone.day FROM targets ASOF JOIN undone
        ON undone.doer = by_whom AND undone.done_to = wanted AND type = content AND undone.day >= since
)
SELECT incident,
       arg_min(deed, (day, deed)) FILTER (how = 'kept') AS kept_by, min(day) FILTER (how = 'kept') AS kept_on,
       arg_min(deed, (day, deed)) FILTER (how = 'part') AS part_by, min(day) FILTER (how = 'part') AS part_on,
       arg_min(deed, (day, deed)) FILTER (how = 'back') AS back_by, min(day) FILTER (how = 'back') AS back_on
FROM (SELECT *, 'kept' AS how FROM kept UNION ALL SELECT *, 'part' FROM in_part UNION ALL SELECT *, 'back' FROM back)
GROUP BY incident;

CREATE OR REPLACE TEMP TABLE ledger AS
WITH timed AS (   -- what has a day by which it was to be has a week of grace, else the horizon holds
    SELECT *, CASE WHEN TRY_CAST(deadline AS DATE) >= last_day THEN TRY_CAST(deadline AS DATE) + 7
                   ELSE last_day + getvariable('horizon') END AS last_chance
    FROM entries
)
SELECT 'l_' || substr(md5(entries.incident), 1, 12) AS id, entries.* EXCLUDE (last_chance),
       CASE WHEN kind = 'denial' THEN CASE WHEN kept_on <= last_day + 1 THEN 'contested' ELSE 'stands' END
            WHEN not_to THEN CASE WHEN kept_on <= last_chance THEN 'refused' ELSE 'open' END
            WHEN kept_on <= last_chance THEN CASE WHEN kind = 'demand' THEN 'met' ELSE 'carried out' END
            WHEN back_on <= last_chance AND (part_on IS NULL OR back_on <= part_on)
                THEN CASE WHEN kind = 'demand' THEN 'refused' ELSE 'walked back' END
            WHEN part_on <= last_chance THEN 'partly carried out'
            ELSE 'open' END AS outcome,
       CASE outcome WHEN 'open' THEN NULL WHEN 'stands' THEN NULL WHEN 'partly carried out' THEN part_by
            WHEN 'walked back' THEN back_by WHEN 'refused' THEN CASE WHEN not_to THEN kept_by ELSE back_by END
            ELSE kept_by END AS later,
       CASE WHEN later = kept_by THEN kept_on WHEN later = back_by THEN back_on WHEN later = part_by THEN part_on END AS later_on
FROM timed AS entries LEFT JOIN followed ON followed.incident = entries.incident;
