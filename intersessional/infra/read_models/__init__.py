"""Read models: documents folded from the event log, stored with their history by position."""
