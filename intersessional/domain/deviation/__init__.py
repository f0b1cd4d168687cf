"""Deviations from soft rules: by whom, why, and on which facts."""
