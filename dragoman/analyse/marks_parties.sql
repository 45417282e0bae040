-- Each party with the name that the reports give it most often, and how often it acts or is acted upon.
WITH sides AS (
    SELECT src AS code, coalesce(actor_name, actor) AS name FROM desk
    UNION ALL SELECT tgt, coalesce(recipient_name, recipient) FROM desk
)
SELECT code, coalesce(mode(name ORDER BY name), '?') AS name, count(*) AS n FROM sides GROUP BY code ORDER BY n DESC, code;
