-- The parties of every claim with the names that it has for them. Needs incidents.sql.
SELECT party(actor_code, actor_name) AS actor, actor_name, party(recipient_code, recipient_name) AS recipient, recipient_name
FROM reviewed;
