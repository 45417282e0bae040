-- Who acts towards whom in each claim, as parties: temp tables sided (claim by claim) and vouchers (the party and name of
-- the innermost mouth that has a name, of each claim that cites one). Needs macros.sql.
CREATE OR REPLACE TEMP TABLE sided AS
SELECT claims.id AS claim, document, type, quad, CAST(intensity AS DECIMAL(8, 4)) AS intensity,
       party(actor_code, actor_name) AS actor, actor_name, party(recipient_code, recipient_name) AS target, recipient_name,
       day_of(date_value, date_granularity, published) AS day
FROM reviewed AS claims JOIN documents ON documents.id = claims.document;

CREATE OR REPLACE TEMP TABLE vouchers AS
WITH last_named AS (
    SELECT claim, arg_max(name, position) AS name, arg_max(code, position) AS code
    FROM reviewed_sources WHERE kind IN ('publisher', 'person', 'institution') GROUP BY claim
)
SELECT claim, last_named.name, party(code, last_named.name) AS party FROM last_named JOIN reviewed ON reviewed.id = claim;
