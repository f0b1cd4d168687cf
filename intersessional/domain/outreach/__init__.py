"""Outreach: to whom the work of a group or of a year was taken."""
