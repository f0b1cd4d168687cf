"""Modalities: how a group has agreed to work."""
