-- Claims that may tell of one happening, gathered and never merged: temp table told, claim by claim, with the incident
-- and what it was gathered by. Needs origins.sql.
-- Gathered are claims of the same type between the same parties, at the same town where two name one, on days that
-- follow one another; where days run on, every three make an incident. What is still to come stands apart from what is
-- told as done. Where neither recipient nor town is named, the word has to be the same too (its stem), and of something
-- said, the type of the act that it is about; where neither actor nor town is, the word and the name of the recipient.
-- Such a claim goes with the only fuller incident that it fits.
CREATE OR REPLACE TEMP TABLE seen AS   -- key: what has to be the same for two claims to stand together
WITH acts AS (
    SELECT id AS act, type AS content FROM reviewed SEMI JOIN (SELECT about FROM claims WHERE about IS NOT NULL) AS said ON said.about = reviewed.id
),
parties AS (
    SELECT claims.*, documents.published, origins.origin, origins.name AS origin_name, content,
           party(actor_code, actor_name) AS actor, party(recipient_code, recipient_name) AS target,
           -- where people of one state speak to each other, they are told apart by name
           quad <> 4 AND actor IS NOT DISTINCT FROM target AS at_home,
           CASE WHEN at_home THEN lower(actor_name) ELSE actor END AS doer,
           CASE WHEN at_home THEN lower(recipient_name) ELSE target END AS done_to,
           date_granularity IS NOT DISTINCT FROM 'day' AND TRY_CAST(date_value AS DATE) IS NOT NULL AS dated
    FROM reviewed AS claims
    JOIN documents ON documents.id = claims.document
    JOIN origins ON origins.claim = claims.id
    LEFT JOIN acts ON acts.act = claims.about
    WHERE (getvariable('types') IS NULL OR list_contains(getvariable('types'), claims.type))   -- set by who asks for some only
),
sides AS (   -- who meets whom is the same happening, whichever of the two is named first
    SELECT *, type IN ('CONSULT', 'COOPERATE') AND (doer IS NULL OR doer > done_to) AS swapped FROM parties
)
SELECT * EXCLUDE (stemmed, only_word), hash(type, one, other, town, only_word, to_come) AS key FROM (
SELECT id AS claim, document, type, quad, intensity, origin, origin_name, actor, target,
       length(actor_code) >= 3 AND length(recipient_code) >= 3 AS coded, status, dated, status IN ('planned', 'hypothetical') AS to_come,
       CASE WHEN swapped THEN done_to ELSE doer END AS one, CASE WHEN swapped THEN doer ELSE done_to END AS other,
       CASE WHEN swapped THEN recipient_name ELSE actor_name END AS one_name,
       CASE WHEN swapped THEN actor_name ELSE recipient_name END AS other_name,
       CASE WHEN place_precision NOT IN ('country', 'region') THEN place_name END AS town,
       day_of(date_value, date_granularity, published) AS day,
       content, quad IN (1, 3) AND type <> 'CONSULT' AS says,   -- what is said to nobody is the same if it is of the same act
       stem(trigger_text) AS stemmed, hash(stemmed) AS word,
       CASE WHEN one IS NULL AND other IS NOT NULL AND town IS NULL THEN stemmed || ' ' || lower(other_name)
            WHEN one IS NULL AND town IS NULL THEN claim   -- somebody, somewhere: it may be any deed
            WHEN other IS NULL AND town IS NULL AND says THEN coalesce(stemmed || content, claim)
            WHEN other IS NULL AND town IS NULL THEN stemmed ELSE '' END AS only_word
FROM sides WHERE day_of(date_value, date_granularity, published) IS NOT NULL
);

CREATE OR REPLACE TEMP TABLE runs_of_days AS
WITH days AS (SELECT DISTINCT key, day FROM seen),
gaps AS (SELECT *, coalesce(day - lag(day) OVER (PARTITION BY key ORDER BY day) > 1, TRUE) AS opens FROM days),
islands AS (
    SELECT key, day, sum(opens::INT) OVER (PARTITION BY key ORDER BY day ROWS UNBOUNDED PRECEDING) AS island FROM gaps
),
parts AS (
    SELECT key, day, hash(key, island, (day - min(day) OVER (PARTITION BY key, island)) // 3) AS part FROM islands
)
SELECT seen.* EXCLUDE (key), part FROM seen JOIN parts ON parts.key = seen.key AND parts.day = seen.day;
DROP TABLE seen;   -- of ten million claims each of these tables takes two gigabytes

CREATE OR REPLACE TEMP TABLE gathered AS   -- type, parties and town are the same in all claims of a part
SELECT part, any_value(type) AS type, any_value(one) AS one, any_value(other) AS other, any_value(town) AS town,
       any_value(to_come) AS to_come, any_value(says) AS says, min(content) AS content, min(day) AS first_day, max(day) AS last_day, min(claim) AS id,
       list(DISTINCT word) AS words, bool_and(status = 'negated') AS denial,
       (any_value(one) IS NOT NULL)::INT + (any_value(other) IS NOT NULL)::INT + (any_value(town) IS NOT NULL)::INT AS known
FROM runs_of_days GROUP BY part;

CREATE OR REPLACE TEMP TABLE joined AS   -- the one fuller incident that an incomplete one fits, if there is only one
WITH near AS (   -- every incident on each of its days, and a day before and after
    SELECT *, unnest(range(CAST(first_day - 1 AS TIMESTAMP), CAST(last_day + 2 AS TIMESTAMP), INTERVAL 1 DAY)) AS day
    FROM gathered WHERE known > 1
),
fits AS (
    SELECT small.id AS small, near.id AS "full"
    FROM gathered AS small JOIN near
      ON near.type = small.type AND near.to_come = small.to_come AND near.one = small.one AND near.day = CAST(small.first_day AS TIMESTAMP)
    WHERE near.known > small.known AND small.last_day <= near.last_day + 1
      AND (small.other IS NULL OR near.other = small.other) AND (small.town IS NULL OR near.town = small.town)
      AND (small.other IS NOT NULL OR NOT small.says OR small.content = near.content)
      AND (small.denial OR list_has_any(small.words, near.words))   -- a denial answers whatever was told
)
SELECT small, any_value("full") AS "full" FROM fits GROUP BY small HAVING count(*) = 1;

CREATE OR REPLACE TEMP TABLE told AS
SELECT claim, document, status, runs_of_days.to_come, day, dated, one_name, other_name, origin, origin_name,
       quad, intensity, actor, target, coded,
       coalesce(second."full", first."full", gathered.id) AS incident,
       first."full" IS NOT NULL AS fitted, runs_of_days.town
FROM runs_of_days
JOIN gathered ON gathered.part = runs_of_days.part
LEFT JOIN joined AS first ON first.small = gathered.id
LEFT JOIN joined AS second ON second.small = first."full";
DROP TABLE runs_of_days; DROP TABLE gathered; DROP TABLE joined;
