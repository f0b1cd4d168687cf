"""Statements on proposals: who takes which stance on which revision."""
