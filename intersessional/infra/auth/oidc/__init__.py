"""An OpenID Connect issuer: its tokens, its key set, and signing in with it."""
