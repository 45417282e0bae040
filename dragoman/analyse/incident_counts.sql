-- The incidents, counted: how many claims, reports and independent origins, and how sure. Needs incidents.sql.
CREATE OR REPLACE TEMP TABLE incidents AS
SELECT 'i_' || substr(md5(incident), 1, 12) AS id, incident,
       min(day) AS first_day, max(day) AS last_day, count(*) AS claims, count(DISTINCT document) AS reports,
       count(DISTINCT origin) AS origins,
       count(*) FILTER (status = 'actual') AS actual, count(*) FILTER (status = 'alleged') AS alleged,
       count(*) FILTER (status = 'negated') AS denied, count(*) FILTER (to_come) AS planned
FROM told GROUP BY incident;
