-- The people and offices that a party is told of by, those in most claims first: what they do, what is done to them, and
-- for what they vouch. Needs sided.sql.
WITH named AS (
    SELECT actor_name AS name, 'acts' AS how FROM sided WHERE actor = $party
    UNION ALL
    SELECT recipient_name, 'undergoes' FROM sided WHERE target = $party
    UNION ALL
    SELECT name, 'vouches' FROM vouchers WHERE party = $party
)
SELECT name, count(*) FILTER (how = 'acts') AS acts, count(*) FILTER (how = 'undergoes') AS undergoes,
       count(*) FILTER (how = 'vouches') AS vouches, count(*) OVER () AS found
FROM named WHERE name IS NOT NULL
GROUP BY name
ORDER BY count(*) DESC, name
LIMIT $limit;
