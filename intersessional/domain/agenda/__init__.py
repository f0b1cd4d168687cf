"""Agendas of meetings."""
