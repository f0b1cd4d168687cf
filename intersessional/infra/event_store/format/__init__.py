"""The stored form of an event: codec, canonical JSON, commitments, Merkle leaves."""
