-- What is asked of the table desk again and again: which claims fit the filters. One that is NULL asks nothing.
CREATE OR REPLACE MACRO wanted(one, other, first_day, day_after, quads, sought) AS TABLE
    SELECT * FROM desk
    WHERE (one IS NULL OR (src = one AND tgt = other))
      AND (first_day IS NULL OR (day >= CAST(first_day AS DATE) AND day < CAST(day_after AS DATE)))
      AND (quads IS NULL OR list_contains(quads, quad))
      AND (sought IS NULL OR contains(words, sought));
