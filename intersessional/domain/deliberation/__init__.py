"""Deliberations of the MAG on proposals."""
