"""Policies: what a decision made the rule for a cycle."""
