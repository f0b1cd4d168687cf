"""Outlines: the sections that the output of a group is to have."""
