"""The desk: a page on a case file, served to the machine's own browser."""
