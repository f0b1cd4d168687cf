"""Mutations derived from commands: inputs, payloads, refusals."""
