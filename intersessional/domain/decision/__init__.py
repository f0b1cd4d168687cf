"""Decisions of the MAG."""
