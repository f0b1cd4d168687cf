"""Soft rules: what may be deviated from, knowingly and in the open."""
