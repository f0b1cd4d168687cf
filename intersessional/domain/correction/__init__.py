"""Corrections of facts that were recorded wrongly."""
