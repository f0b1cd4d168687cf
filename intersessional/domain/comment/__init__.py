"""Public comments on draft outputs."""
