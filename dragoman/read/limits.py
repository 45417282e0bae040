"""How much of anything is read, so that a hostile or broken file can't fill the memory."""

LONGEST_LINE = 16 * 1024 * 1024
LONGEST_TEXT = 4_000_000
# A record of an archive; one that says it has more can't be read over in reasonable time.
LARGEST_RECORD = 1024 * 1024 * 1024
# Of the web; more than browsers and servers agree on, and a hostile feed may name one of megabytes.
LONGEST_ADDRESS = 2_000
