-- How much a case file holds, over which days, and what coded it last.
SELECT (SELECT count(*) FROM documents) AS documents, (SELECT count(*) FROM reviewed) AS claims,
       (SELECT count(DISTINCT publisher) FROM documents) AS outlets,
       (SELECT min(published) FROM documents) AS first_day, (SELECT max(published) FROM documents) AS last_day,
       (SELECT arg_max(version, number) FROM runs) AS version, (SELECT arg_max(codebook, number) FROM runs) AS codebook;
