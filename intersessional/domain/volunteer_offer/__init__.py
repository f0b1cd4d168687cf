"""Offers of volunteers: to work in a group, or in answer to a call."""
