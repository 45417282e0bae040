-- A case file: every document with its sentences, every claim, every link of every source chain, every failure, every run.
-- What people decide about claims, and what earlier runs had coded, is in reviews.sql; the claims as they left them in reviewed.sql.
-- Spans are [start, end) in Unicode code points of documents.text.

CREATE TABLE meta (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);

CREATE TABLE runs (
    id VARCHAR PRIMARY KEY,          -- hash of what the coding depends on
    version VARCHAR NOT NULL, codebook VARCHAR NOT NULL, model VARCHAR NOT NULL,
    number INTEGER NOT NULL          -- in the order in which they first coded something here
);

CREATE TABLE documents (
    id VARCHAR PRIMARY KEY, text VARCHAR NOT NULL, published DATE, publisher VARCHAR,
    title VARCHAR, url VARCHAR, language VARCHAR, run VARCHAR NOT NULL
);

CREATE TABLE sentences (
    document VARCHAR NOT NULL, number INTEGER NOT NULL, "start" INTEGER NOT NULL, "end" INTEGER NOT NULL,
    PRIMARY KEY (document, number)
);

CREATE TABLE sketches (document VARCHAR PRIMARY KEY, hashes UBIGINT[] NOT NULL);   -- see sketch.sql

CREATE TABLE claims (
    id VARCHAR PRIMARY KEY, document VARCHAR NOT NULL,
    sentence INTEGER NOT NULL, sentence_start INTEGER NOT NULL, sentence_end INTEGER NOT NULL,
    trigger_text VARCHAR NOT NULL, trigger_start INTEGER NOT NULL, trigger_end INTEGER NOT NULL,
    type VARCHAR NOT NULL, mode VARCHAR, contexts VARCHAR[] NOT NULL, quad TINYINT NOT NULL,
    intensity DOUBLE NOT NULL, cameo VARCHAR NOT NULL,
    actor_text VARCHAR, actor_start INTEGER, actor_end INTEGER, actor_name VARCHAR, actor_code VARCHAR, actor_found VARCHAR,
    recipient_text VARCHAR, recipient_start INTEGER, recipient_end INTEGER, recipient_name VARCHAR,
    recipient_code VARCHAR, recipient_found VARCHAR,
    status VARCHAR NOT NULL, commitment DOUBLE NOT NULL, status_rule VARCHAR NOT NULL, quoted VARCHAR NOT NULL,
    date_text VARCHAR, date_start INTEGER, date_end INTEGER, date_value VARCHAR, date_granularity VARCHAR,
    place_text VARCHAR, place_start INTEGER, place_end INTEGER, place_name VARCHAR, place_country VARCHAR,
    place_latitude DOUBLE, place_longitude DOUBLE, place_geonames_id BIGINT, place_precision VARCHAR,
    about VARCHAR, codebook VARCHAR NOT NULL, score DOUBLE, rule VARCHAR NOT NULL
);

CREATE TABLE sources (
    claim VARCHAR NOT NULL, position TINYINT NOT NULL,   -- 0 is the outermost mouth
    name VARCHAR NOT NULL, kind VARCHAR NOT NULL, code VARCHAR, cue VARCHAR,
    text VARCHAR, "start" INTEGER, "end" INTEGER,
    PRIMARY KEY (claim, position)
);

CREATE TABLE failures (place VARCHAR PRIMARY KEY, problem VARCHAR NOT NULL, remedy VARCHAR NOT NULL);
