-- Layout 2 had neither sentences, sketches nor reviews, and runs without their order; sentences come back when a
-- document is coded again.
ALTER TABLE runs ADD COLUMN number INTEGER;
UPDATE runs SET number = place.number
FROM (SELECT id, row_number() OVER (ORDER BY rowid) AS number FROM runs) AS place WHERE place.id = runs.id;
CREATE TABLE sentences (
    document VARCHAR NOT NULL, number INTEGER NOT NULL, "start" INTEGER NOT NULL, "end" INTEGER NOT NULL,
    PRIMARY KEY (document, number)
);
CREATE TABLE sketches (document VARCHAR PRIMARY KEY, hashes UBIGINT[] NOT NULL);
