"""Command handling: from a command and its sender to the events of one append."""
