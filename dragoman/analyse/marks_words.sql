-- What a search looks through: the words of a claim, its type and parties, its report and its sources, in lower case.
ALTER TABLE desk ADD COLUMN IF NOT EXISTS words VARCHAR;
UPDATE desk SET words = lower(concat_ws(' ', sentence_text, type, doer.name, done_to.name, actor_name, recipient_name,
                                        place_name, publisher, title, array_to_string(chain, ' ')))
FROM names AS doer, names AS done_to WHERE doer.code = src AND done_to.code = tgt;
