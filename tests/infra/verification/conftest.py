"""Fixtures of the tests of verification."""

from tests.infra.event_store.conftest import (
    location,
    log,
    owner,
    pool,
    sequencer,
    shared_database,
)

__all__ = ["location", "log", "owner", "pool", "sequencer", "shared_database"]
