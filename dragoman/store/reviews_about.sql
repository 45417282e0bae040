-- Every decision, in the order in which they were made; with $claims only those about these ids.
SELECT * FROM reviews
WHERE $claims IS NULL OR claim IN (SELECT unnest($claims))
   OR claim IN (SELECT claim FROM decisions WHERE applies_to IN (SELECT unnest($claims)))
ORDER BY number;
