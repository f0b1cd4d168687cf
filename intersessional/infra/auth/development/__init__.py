"""Tokens for development, signed by the server itself."""
