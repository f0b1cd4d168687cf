"""Appending events: one sequencer a node commits queued appends in batches."""
