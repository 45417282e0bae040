-- How many claims fit ($claims; NULL: all) and how many there are; those that were rejected count in neither.
SELECT count(*) FILTER ($claims IS NULL OR id IN (SELECT unnest($claims))) AS claims, count(*) AS total FROM reviewed;
