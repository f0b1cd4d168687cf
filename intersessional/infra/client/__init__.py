"""A running server, from outside."""
