-- The claims of a case file as the desk shows them: temp view shown, each claim as people left it; also those that were
-- rejected, so that the decision can be undone. Needs macros.sql.
CREATE OR REPLACE TEMP VIEW shown AS
SELECT claims.*, documents.published, documents.publisher, documents.title,
       party(actor_code, actor_name) AS actor, party(recipient_code, recipient_name) AS recipient,
       day_of(date_value, date_granularity, published) AS day,
       words_of(documents.text, sentence_start, sentence_end) AS sentence_text
FROM (
    SELECT * FROM reviewed
    UNION ALL BY NAME
    SELECT claims.*, 'reject' AS review FROM all_claims AS claims
    WHERE id IN (SELECT applies_to FROM decisions WHERE action = 'reject')
) AS claims
JOIN documents ON documents.id = claims.document;
