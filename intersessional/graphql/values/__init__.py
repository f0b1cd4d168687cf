"""Object types that are parts of several nouns and have no id."""
