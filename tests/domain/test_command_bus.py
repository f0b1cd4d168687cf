"""The command bus: guards, the handler, declared refusals, repeats and tries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from intersessional.domain.command_handling.command import Command
from intersessional.domain.command_handling.command_bus import CommandBus
from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.command_handling.command_envelope import CommandEnvelope
from intersessional.domain.command_handling.command_handler import CommandHandler, Guard
from intersessional.domain.command_handling.command_result import CommandResult
from intersessional.domain.command_handling.event_store import HandledCommand
from intersessional.domain.command_handling.in_memory_event_store import InMemoryEventStore
from intersessional.domain.command_handling.question import QuestionKey
from intersessional.domain.command_handling.scenario import run
from intersessional.domain.comment.refusals import TooMany
from intersessional.domain.cycle.commands import OpenCycle
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.cycle.proposal_deadline import ProposalDeadline
from intersessional.domain.group.refusals import GroupHasConcluded
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.aggregate import Aggregate, DomainEvent
from intersessional.domain.kernel.caller import OPERATOR, Caller
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import (
    BadValue,
    CommandReused,
    NotFound,
    StaleVersion,
)
from tests.domain.actors import id_of
from tests.domain.cycle_bus import (
    OPEN_CYCLE,
    BehindEventStore,
    bus,
    open_cycle,
    opening,
)
from tests.domain.given_when_then import NOW


def test_command_is_recorded_once_and_then_answers_its_first_result() -> None:
    event_store = InMemoryEventStore()

    first = run(bus(event_store).submit(opening(2018), OPERATOR))
    again = run(bus(event_store).submit(opening(2018), OPERATOR))

    assert first == CommandResult(
        command_id=opening(2018).command_id, subject=cycle_id(2018), position=1, repeated=False
    )
    assert (again.subject, again.position, again.repeated) == (cycle_id(2018), 1, True)
    assert len(event_store.events) == 1


def test_command_id_that_was_used_for_another_command_is_refused() -> None:
    event_store = InMemoryEventStore()
    run(bus(event_store).submit(opening(2018), OPERATOR))
    other = OpenCycle(command_id=opening(2018).command_id, year=2019)

    with pytest.raises(CommandReused):
        run(bus(event_store).submit(other, OPERATOR))


def test_command_with_two_handlers_is_refused() -> None:
    with pytest.raises(ValueError, match="OpenCycle has two handlers"):
        bus(InMemoryEventStore(), OPEN_CYCLE, CommandHandler(OpenCycle, open_cycle))


def test_guard_refuses_before_the_handler_with_what_it_declares() -> None:
    event_store = InMemoryEventStore()

    async def refuse(_command: OpenCycle, _context: CommandContext) -> None:
        raise GroupHasConcluded(group=id_of("group"))

    guard = Guard(OpenCycle, refuse, (GroupHasConcluded,))
    with pytest.raises(GroupHasConcluded):
        run(bus(event_store, guards=[guard]).submit(opening(2018), OPERATOR))
    with pytest.raises(TypeError, match="OpenCycle does not declare GroupHasConcluded"):
        run(bus(event_store, guards=[Guard(OpenCycle, refuse)]).submit(opening(2018), OPERATOR))
    assert event_store.events == []


def test_refusal_that_the_handler_does_not_declare_is_a_type_error() -> None:
    async def refuse(_command: OpenCycle, _context: CommandContext) -> UUID:
        raise GroupHasConcluded(group=id_of("group"))

    undeclared = bus(InMemoryEventStore(), CommandHandler(OpenCycle, refuse))
    with pytest.raises(TypeError, match="OpenCycle does not declare GroupHasConcluded"):
        run(undeclared.submit(opening(2018), OPERATOR))
    declared = bus(InMemoryEventStore(), CommandHandler(OpenCycle, refuse, (GroupHasConcluded,)))
    with pytest.raises(GroupHasConcluded):
        run(declared.submit(opening(2018), OPERATOR))


class ContestedEventStore(InMemoryEventStore):
    """An event store where another writer is faster a number of times."""

    def __init__(self, conflicts: int) -> None:
        super().__init__()
        self.conflicts = conflicts
        self.loads: list[bool] = []

    async def load(self, id: UUID, *, fresh: bool = False) -> Aggregate | None:
        self.loads.append(fresh)
        return await super().load(id, fresh=fresh)

    async def append(
        self,
        commands: Sequence[HandledCommand],
        *,
        expects: Mapping[UUID, int],
        asked: Mapping[QuestionKey, int],
        aggregates: Sequence[Aggregate],
        epoch: str | None = None,
    ) -> Sequence[CommandResult]:
        if self.conflicts:
            self.conflicts -= 1
            raise StaleVersion(id=cycle_id(2018), expected=0, actual=1)
        return await super().append(commands, expects=expects, asked=asked, aggregates=aggregates)


def test_append_that_is_stale_is_tried_again_with_fresh_aggregates() -> None:
    event_store = ContestedEventStore(conflicts=9)

    result = run(bus(event_store).submit(opening(2018), OPERATOR))

    assert not result.repeated
    assert event_store.loads == [False, *[True] * 9]


def test_append_that_is_stale_ten_times_is_refused() -> None:
    event_store = ContestedEventStore(conflicts=10)

    with pytest.raises(StaleVersion):
        run(bus(event_store).submit(opening(2018), OPERATOR))


def test_refusal_is_answered_after_a_fresh_look_only() -> None:
    async def load_cycle(command: OpenCycle, context: CommandContext) -> UUID:
        cycle = await context.load(Cycle, cycle_id(2018))
        act = await context.act_as(Role.OPERATOR)
        cycle.set_proposal_deadline(act, ProposalDeadline(NOW.date() + timedelta(days=1)))
        return cycle.id

    event_store = BehindEventStore()
    run(bus(event_store).submit(opening(2018), OPERATOR))
    deadline = bus(event_store, CommandHandler(OpenCycle, load_cycle))

    result = run(deadline.submit(opening(2020), OPERATOR))

    assert result.position == 2
    with pytest.raises(NotFound):
        run(
            bus(InMemoryEventStore(), CommandHandler(OpenCycle, load_cycle)).submit(
                opening(2020), OPERATOR
            )
        )


def test_events_of_a_refused_command_are_not_recorded() -> None:
    async def refuse_late(command: OpenCycle, context: CommandContext) -> UUID:
        await open_cycle(command, context)
        raise BadValue(field="year", problem="no.")

    event_store = InMemoryEventStore()

    with pytest.raises(BadValue):
        run(
            bus(event_store, CommandHandler(OpenCycle, refuse_late)).submit(opening(2018), OPERATOR)
        )
    events: Sequence[DomainEvent] = event_store.events
    assert events == []


@dataclass(frozen=True, kw_only=True)
class CloseCycle(Command):
    """Sets a deadline in the cycle of 2018."""

    TOPIC = "cycle.close"


async def close_cycle(command: CloseCycle, context: CommandContext) -> UUID:
    act = await context.act_as(Role.OPERATOR)
    cycle = await context.load(Cycle, cycle_id(2018))
    cycle.set_proposal_deadline(act, ProposalDeadline(date(2018, 4, 12)))
    return cycle.id


def test_event_takes_effect_after_the_events_that_it_relies_on_though_clocks_differ() -> None:
    event_store = InMemoryEventStore()
    ahead = CommandBus(
        event_store, command_handlers=(OPEN_CYCLE,), clock=lambda: NOW + timedelta(seconds=1)
    )
    behind = bus(event_store, CommandHandler(CloseCycle, close_cycle))
    run(ahead.submit(opening(2018), OPERATOR))

    run(behind.submit(CloseCycle(command_id=id_of("close")), OPERATOR))

    opened, closed = event_store.events
    assert (
        closed.act.occurred == opened.act.occurred == Occurred.instant(NOW + timedelta(seconds=1))
    )


def test_limit_refuses_what_is_submitted_but_no_repeat_and_no_batch() -> None:
    event_store = InMemoryEventStore()
    run(bus(event_store).submit(opening(2018), OPERATOR))

    def refuse(_command: Command, _caller: Caller, _now: datetime) -> None:
        raise TooMany(max=20, next_at=NOW)

    handler = CommandHandler(OpenCycle, open_cycle, (TooMany,))
    limited = bus(event_store, handler, limit=refuse)

    with pytest.raises(TooMany) as refused:
        run(limited.submit(opening(2019), OPERATOR))
    assert refused.value.next_at == NOW
    assert run(limited.submit(opening(2018), OPERATOR)).repeated
    assert run(limited.submit_all([CommandEnvelope(opening(2020), OPERATOR)]))[0].position == 2
    with pytest.raises(TypeError, match="OpenCycle does not declare TooMany"):
        run(bus(event_store, limit=refuse).submit(opening(2021), OPERATOR))
