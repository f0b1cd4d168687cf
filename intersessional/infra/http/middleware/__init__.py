"""Middleware and headers that every HTTP response passes."""
