"""Calls: for issues, for workshops, for volunteers, for contributions to a group's work."""
