-- Claims by id, of a document, or in which a party acts or is acted upon, the latest days first. Needs desk.sql (shown).
SELECT *, count(*) OVER () AS found FROM shown
WHERE ($claims IS NULL OR id IN (SELECT unnest($claims))) AND ($document IS NULL OR document = $document)
  AND ($party IS NULL OR actor = $party OR recipient = $party)
ORDER BY day DESC NULLS LAST, document, trigger_start, id
LIMIT $limit;
