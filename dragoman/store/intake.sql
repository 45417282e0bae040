-- What came in and what did not: reports that were passed over, and the feeds that `dragoman watch` reads.

CREATE TABLE skipped (               -- no faults: a report in another language, what is no page in an archive
    place VARCHAR, reason VARCHAR, number BIGINT NOT NULL, PRIMARY KEY (place, reason)
);

CREATE TABLE feeds (
    address VARCHAR PRIMARY KEY,
    etag VARCHAR, modified VARCHAR,  -- as the server gave them; only a changed feed is sent again
    troubles INTEGER NOT NULL,       -- how often running it could not be had
    not_before DOUBLE NOT NULL       -- seconds since 1970; it is not asked for earlier
);

CREATE TABLE feed_items (
    feed VARCHAR, item VARCHAR, url VARCHAR,
    tries INTEGER NOT NULL,          -- how often its page was asked for in vain
    done BOOLEAN NOT NULL,           -- never asked for again
    PRIMARY KEY (feed, item)
);
