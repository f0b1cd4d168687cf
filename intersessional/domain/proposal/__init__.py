"""Proposals for the groups of a cycle."""
