-- What several queries of this folder say alike; `case.prepare("macros", …)` comes before each of them.

-- Names are searched for whole words, so that RUS, a code, does not find Belarus, a name.
CREATE OR REPLACE TEMP MACRO has_words(name, words) AS
    regexp_matches(name, '(^|[^\pL\pN])' || regexp_escape(words) || '([^\pL\pN]|$)', 'i');

-- "The army", of which it is not told whose, is no party.
CREATE OR REPLACE TEMP MACRO is_sector(code) AS
    code IN ('GOV', 'MIL', 'REB', 'OPP', 'PTY', 'LEG', 'JUD', 'COP', 'SPY', 'CVL', 'MED', 'BUS', 'NGO',
             'EDU', 'LAB', 'CRM', 'REL', 'REF', 'INS', 'UAF', 'UNK');

-- The words of a text from one offset up to another, both counted from 0.
CREATE OR REPLACE TEMP MACRO words_of(words, first, stop) AS substr(words, first + 1, stop - first);

-- How long a day, week, month or year is.
CREATE OR REPLACE TEMP MACRO to_period(name) AS
    CASE name WHEN 'day' THEN INTERVAL 1 DAY WHEN 'week' THEN INTERVAL 7 DAY
              WHEN 'month' THEN INTERVAL 1 MONTH ELSE INTERVAL 1 YEAR END;

-- What is the same of a word in "tests", "tested" and "testing": its first five letters without the ending.
CREATE OR REPLACE TEMP MACRO stem(word) AS substr(regexp_replace(lower(word), '(ings?|ed|es|s)$', ''), 1, 5);

-- Who acts or is acted upon, by code: a state with its government, forces and courts is one party, its rebels are another.
CREATE OR REPLACE TEMP MACRO party(code, name) AS
    CASE WHEN code IS NULL THEN lower(name)
         WHEN substr(code, 4) IN ('', 'GOV', 'MIL', 'SPY', 'COP', 'JUD', 'LEG') THEN substr(code, 1, 3) ELSE code END;

-- The day of what is told: its own, else that of the report; none where the words tell of another month or year.
CREATE OR REPLACE TEMP MACRO day_of(value, granularity, published) AS
    CASE WHEN granularity = 'day' THEN coalesce(TRY_CAST(value AS DATE), published)
         WHEN value = 'PAST_REF' THEN NULL
         WHEN regexp_matches(value, '^\d{4}(-\d\d)?$') AND NOT starts_with(CAST(published AS VARCHAR), value) THEN NULL
         ELSE published END;
