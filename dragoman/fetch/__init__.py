"""Addresses in, answers out: politely, within limits, and never where a stranger's link must not lead."""
