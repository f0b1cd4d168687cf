"""Memberships: who takes part in the work of a group."""
