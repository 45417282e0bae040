-- How an actor's entries of each kind ended, beside how many there were; what is open has not failed.
SELECT doer AS actor, kind, count(*) AS entries,
       count(*) FILTER (outcome IN ('carried out', 'met')) AS carried_out,
       count(*) FILTER (outcome = 'partly carried out') AS partly,
       count(*) FILTER (outcome IN ('walked back', 'refused')) AS walked_back,
       count(*) FILTER (outcome = 'contested') AS contested,
       count(*) FILTER (outcome IN ('open', 'stands')) AS open
FROM ledger
WHERE ($actor IS NULL OR starts_with(doer, upper($actor))) AND ($kind IS NULL OR kind = $kind)
GROUP BY doer, kind ORDER BY entries DESC, actor, kind LIMIT $limit;
