-- By what way something was said, where the words tell; and what the speaker is: his office, else his side.
CREATE OR REPLACE TEMP MACRO channel_of(words) AS nullif(lower(coalesce(
    nullif(regexp_extract(words, '(?i)\b(?:in|on|by|via|through|during|over|at)\s+(?:(?:an?|the|his|her|its|their|two|several)\s+)?(?:[\pL-]+\s+){0,2}?(tweets?|letters?|telephone|phone calls?|statement|speech|address|interview|e-?mail|broadcast|television|radio|press conference|news conference|briefing|video|twitter|facebook|telegram|intermediar(?:y|ies)|mediators?|hotline|backchannel|communiqu[eé])\b', 1), ''),
    nullif(regexp_extract(words, '(?i)\b(tweeted|wrote|telephoned|phoned)\b', 1), ''))), '');
CREATE OR REPLACE TEMP MACRO office_of(found) AS nullif(regexp_extract(found, '(?:^|, )([a-z -]+?) (?:of [A-Z]{3} )?on \d{4}', 1), '');
CREATE OR REPLACE TEMP MACRO rank_of(office, words, code) AS
    CASE WHEN regexp_matches(office, '^(president|prime minister|king|queen|emir|sultan|chancellor|premier|supreme leader|leader|head|crown prince|pope)') THEN 'head of state or government'
         WHEN regexp_matches(office, 'minister|secretary') THEN 'minister'
         WHEN office IS NOT NULL THEN office
         WHEN regexp_matches(words, '(?i)\bspokes(man|woman|person|people)') THEN 'spokesperson'
         WHEN regexp_matches(words, '(?i)\b(ambassador|envoy|diplomat)s?\b') THEN 'envoy'
         WHEN regexp_matches(words, '(?i)\b(minister|secretary)s?\b') THEN 'minister'
         WHEN code IS NULL THEN 'not told'
         ELSE CASE substr(code, 4, 3)
             WHEN '' THEN 'not told' WHEN 'GOV' THEN 'government' WHEN 'MIL' THEN 'military' WHEN 'LEG' THEN 'legislature'
             WHEN 'JUD' THEN 'court' WHEN 'COP' THEN 'police' WHEN 'SPY' THEN 'intelligence service' WHEN 'REB' THEN 'armed group'
             WHEN 'OPP' THEN 'opposition' WHEN 'PTY' THEN 'party' WHEN 'BUS' THEN 'business' WHEN 'MED' THEN 'media' ELSE 'other' END
    END;
