"""The rules: aggregates decide (pure, synchronous), handlers load and coordinate (async)."""
