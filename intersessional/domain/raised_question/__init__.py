"""Questions that are raised in the work of the MAG, until they are answered or withdrawn."""
