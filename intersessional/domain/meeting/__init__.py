"""Meetings of the MAG, at which decisions are taken, and of groups."""
