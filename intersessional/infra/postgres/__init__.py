"""Connections to PostgreSQL and the migration of its tables."""
