"""A cycle: one IGF year."""
