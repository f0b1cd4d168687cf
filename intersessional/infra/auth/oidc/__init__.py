"""Tokens of an OpenID Connect issuer, and its key set."""
