"""A batch of commands is recorded in one append, or not at all."""

import pytest

from intersessional.domain.command_handling.command_bus import CommandRefused
from intersessional.domain.command_handling.command_envelope import CommandEnvelope
from intersessional.domain.command_handling.in_memory_event_store import InMemoryEventStore
from intersessional.domain.command_handling.scenario import run
from intersessional.domain.cycle.commands import OpenCycle
from intersessional.domain.kernel.caller import OPERATOR
from intersessional.domain.kernel.refusals import (
    AlreadyRecorded,
    CommandReused,
)
from tests.domain.cycle_bus import bus, opening


def test_batch_is_recorded_in_one_append_without_its_repeats() -> None:
    event_store = InMemoryEventStore()
    run(bus(event_store).submit(opening(2018), OPERATOR))
    envelopes = [CommandEnvelope(opening(year), OPERATOR) for year in (2017, 2018, 2019)]

    results = run(bus(event_store).submit_all(envelopes))

    assert [(one.position, one.repeated) for one in results] == [(2, False), (1, True), (3, False)]
    assert [one.position for one in run(bus(event_store).submit_all(envelopes))] == [2, 1, 3]
    assert len(event_store.events) == 3


@pytest.mark.parametrize("key", ["", "again"])
def test_batch_with_a_refused_command_names_its_place_and_records_nothing(key: str) -> None:
    event_store = InMemoryEventStore()
    run(bus(event_store).submit(opening(2018, "before"), OPERATOR))
    commands = [opening(2017), opening(2018, key), opening(2019)]

    with pytest.raises(CommandRefused) as refused:
        run(bus(event_store).submit_all([CommandEnvelope(one, OPERATOR) for one in commands]))

    assert refused.value.place == 1
    assert isinstance(refused.value.refused, AlreadyRecorded)
    assert len(event_store.events) == 1


def test_batch_with_a_reused_command_id_names_its_place() -> None:
    event_store = InMemoryEventStore()
    run(bus(event_store).submit(opening(2018), OPERATOR))
    reused = OpenCycle(command_id=opening(2018).command_id, year=2020)
    commands = [opening(2017), opening(2019), reused]

    with pytest.raises(CommandRefused) as refused:
        run(bus(event_store).submit_all([CommandEnvelope(one, OPERATOR) for one in commands]))

    assert refused.value.place == 2
    assert isinstance(refused.value.refused, CommandReused)
