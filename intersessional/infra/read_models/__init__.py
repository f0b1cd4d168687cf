"""The live views: documents folded from the record, kept with their history by position."""
