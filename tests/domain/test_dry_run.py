"""A dry run tells whether a command would be refused, and records nothing."""

from typing import Any

import pytest

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.command_handling.command_handler import CommandHandler, Guard
from intersessional.domain.command_handling.in_memory_event_store import InMemoryEventStore
from intersessional.domain.command_handling.scenario import run
from intersessional.domain.cycle.commands import OpenCycle
from intersessional.domain.group.refusals import GroupHasConcluded
from intersessional.domain.kernel.caller import OPERATOR
from intersessional.domain.kernel.refusals import (
    AlreadyRecorded,
    Refused,
)
from tests.domain.actors import id_of
from tests.domain.cycle_bus import BehindEventStore, bus, load_cycle, open_cycle, opening


def test_dry_run_answers_the_refusal_and_records_nothing() -> None:
    event_store = InMemoryEventStore()

    allowed = run(bus(event_store).dry_run(opening(2018), OPERATOR))
    assert (allowed, event_store.events) == (None, [])

    run(bus(event_store).submit(opening(2018), OPERATOR))
    refused = run(bus(event_store).dry_run(opening(2018, "again"), OPERATOR))
    assert isinstance(refused, AlreadyRecorded)
    assert len(event_store.events) == 1


def test_dry_run_asks_guards_and_counts_nothing_as_submitted() -> None:
    async def refuse(_command: OpenCycle, _context: CommandContext) -> None:
        raise GroupHasConcluded(group=id_of("group"))

    def limit(*_: object) -> None:
        raise AssertionError

    guard = Guard(OpenCycle, refuse, (GroupHasConcluded,))
    guarded = bus(InMemoryEventStore(), guards=[guard], limit=limit)

    assert isinstance(run(guarded.dry_run(opening(2018), OPERATOR)), GroupHasConcluded)


@pytest.mark.parametrize(
    ("handler", "refused"), [(open_cycle, AlreadyRecorded), (load_cycle, None)]
)
def test_dry_run_does_not_rest_on_a_cached_aggregate(
    handler: Any, refused: type[Refused] | None
) -> None:
    event_store = BehindEventStore()
    run(bus(event_store).submit(opening(2018), OPERATOR))

    answer = run(
        bus(event_store, CommandHandler(OpenCycle, handler)).dry_run(opening(2018, "b"), OPERATOR)
    )

    assert (None if answer is None else type(answer)) is refused
