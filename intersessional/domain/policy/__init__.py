"""Policies: the rules of a cycle, made by decisions."""
