"""Which groups of earlier years a group comes from."""
