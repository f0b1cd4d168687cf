"""Verification: recomputes the stored record from its own bytes, table by table."""
