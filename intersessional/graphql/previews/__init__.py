"""Previews of commands: what they would record, and what that would change."""
