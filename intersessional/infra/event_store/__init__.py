"""Event store: an append-only, ordered, hashed log of events in PostgreSQL."""
