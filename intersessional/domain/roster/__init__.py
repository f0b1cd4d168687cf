"""Rosters: the co-facilitators that are nominated for a proposal, beside its text."""
