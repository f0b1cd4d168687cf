"""Imports of history by the Secretariat."""
