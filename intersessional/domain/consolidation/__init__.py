"""Consolidations of proposals: suggested, consented to, carried out."""
