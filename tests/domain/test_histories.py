"""The invariants hold in every history, and each aggregate loads again."""

from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from tests.domain.invariants import INVARIANTS
from tests.domain.random_history import random_history


@settings(max_examples=150, deadline=None)
@for_all(st.data())
def test_invariants_hold_in_every_history(data: st.DataObject) -> None:
    record = random_history(data)
    happened = record.events()

    for invariant in INVARIANTS:
        invariant(record, happened)


@settings(max_examples=30, deadline=None)
@for_all(st.data())
def test_every_aggregate_loads_again_at_its_last_version(data: st.DataObject) -> None:
    record = random_history(data)

    for id, version in {
        event.originator_id: event.originator_version for event in record.events()
    }.items():
        aggregate = record.find(id)
        assert aggregate is not None
        assert aggregate.version == version
