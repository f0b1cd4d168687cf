"""Questions on PostgreSQL: exact between nodes, and answered or refused in time."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Collection
from contextlib import AsyncExitStack
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
import pytest_asyncio

from intersessional.domain.command_handling.command_bus import CommandBus
from intersessional.domain.command_handling.event_store import (
    StaleAnswer,
    Unanswerable,
)
from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.domain.kernel.caller import OPERATOR
from intersessional.domain.kernel.refusals import BadValue
from intersessional.infra.event_store.append.append_request import AppendRequest
from intersessional.infra.event_store.append.sequencer import Sequencer
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.new_event import NewEvent
from intersessional.infra.postgres.connection import SCHEMA
from tests.infra.event_store.append_requests import a_command, an_event
from tests.infra.event_store.offices import (
    RUNNING_TERMS,
    BeginTerm,
    EndTerm,
    Term,
    office_bus,
    office_store,
    record_term,
)
from tests.infra.read_models.harness import ReadModelHarness, open_harness

CHAIR = UUID(int=1)
ROUNDS = 60
RACERS = 6


@pytest_asyncio.fixture
async def harness(database_url: str) -> AsyncGenerator[ReadModelHarness]:
    """An empty record of terms of office."""
    async with open_harness(database_url, SCHEMA, [Term], [RUNNING_TERMS]) as harness:
        yield harness


def begin_term(office: UUID = CHAIR) -> BeginTerm:
    return BeginTerm(command_id=uuid4(), office=office)


async def settled(commands: Collection[Awaitable[object]]) -> list[object]:
    """The results of commands that are sent at once, or what they raise."""
    return list(await asyncio.gather(*commands, return_exceptions=True))


async def test_two_nodes_never_both_accept_what_a_rule_over_a_question_forbids(
    harness: ReadModelHarness,
) -> None:
    async with office_store(harness) as one, office_store(harness) as other:
        buses = [office_bus(one), office_bus(other)]
        for _ in range(ROUNDS):
            office = uuid4()
            outcomes = await settled(
                [buses[n % 2].submit(begin_term(office), OPERATOR) for n in range(RACERS)]
            )
            refused = [outcome for outcome in outcomes if isinstance(outcome, Exception)]

            assert len(refused) == RACERS - 1
            assert all(isinstance(one, BadValue | StaleAnswer) for one in refused)

    for row in await harness.pool.fetch(
        "SELECT key, count(*) AS events FROM question_positions GROUP BY key"
    ):
        assert row["events"] == 1


async def test_office_that_changes_hands_between_nodes_has_one_holder_at_any_position(
    harness: ReadModelHarness,
) -> None:
    async def serve(bus: CommandBus) -> int:
        """Take the office and leave it, again and again; how often."""
        served = 0
        for _ in range(12):
            try:
                term = await bus.submit(begin_term(), OPERATOR)
            except (BadValue, StaleAnswer):
                continue
            await bus.submit(EndTerm(command_id=uuid4(), term=term.subject), OPERATOR)
            served += 1
        return served

    async with AsyncExitStack() as nodes:
        stores = [await nodes.enter_async_context(office_store(harness)) for _ in range(2)]
        served = await asyncio.gather(*(serve(office_bus(stores[n % 2])) for n in range(RACERS)))

    holders = 0
    for recorded in await harness.events():
        holders += 1 if isinstance(recorded.event, Term.Begun) else -1
        assert holders in (0, 1)
    assert sum(served) > 0


async def test_appends_of_one_batch_do_not_both_rely_on_the_answer_that_one_changes(
    location_sequencer: Sequencer, log: EventLog
) -> None:
    question = ("running_terms.v1", CHAIR)

    def append(*events: NewEvent, answered: int = 0) -> Awaitable[object]:
        versions = {event.stream: event.version - 1 for event in events}
        return location_sequencer.append(
            AppendRequest(
                commands=(a_command(*events),), expects=versions, asked={question: answered}
            )
        )

    def concerning() -> NewEvent:
        return replace(an_event(uuid4()), concerns=(question,))

    outcomes = await settled(
        [append(concerning()), append(concerning()), append(an_event(uuid4()))]
    )

    assert [type(one) for one in outcomes] == [tuple, StaleAnswer, StaleAnswer]
    assert await log.last_concerning(question) == 2
    # Only those that were answered before are stale.
    outcomes = await settled(
        [append(an_event(uuid4()), answered=1 + n % 2) for n in range(4)]
        + [append(concerning(), answered=2)]
    )
    assert [type(one) for one in outcomes] == [StaleAnswer, tuple, StaleAnswer, tuple, tuple]
    assert await log.last_concerning(question) == 5


@pytest_asyncio.fixture
async def location_sequencer(sequencer: Sequencer) -> Sequencer:
    """A sequencer that has appended already, so that the next appends share a batch."""
    await sequencer.append(
        AppendRequest(commands=(a_command(one := an_event(uuid4())),), expects={one.stream: 0})
    )
    return sequencer


async def test_question_that_is_new_knows_what_was_recorded_before(
    harness: ReadModelHarness,
) -> None:
    async with office_store(harness, questions=()) as without_the_question:
        for _ in range(3):
            await record_term(without_the_question, CHAIR)
    assert await harness.log.last_concerning((RUNNING_TERMS.id, CHAIR)) == 0

    async with office_store(harness) as event_store:
        await event_store.ask(RUNNING_TERMS, CHAIR)
        assert (await event_store.ask(RUNNING_TERMS, CHAIR)).value == 3


async def test_question_whose_view_has_stopped_is_unanswerable(harness: ReadModelHarness) -> None:
    def fail(_: int | None, __: DomainEvent) -> int | None:
        raise ZeroDivisionError("thirteen")

    failing = replace(RUNNING_TERMS, evolve=fail)
    async with office_store(harness, questions=[failing]) as event_store:
        assert (await event_store.ask(failing, CHAIR)).value is None
        bus, recorded = office_bus(event_store), begin_term()
        first = await bus.submit(recorded, OPERATOR)

        with pytest.raises(Unanswerable, match="thirteen"):
            await bus.submit(begin_term(), OPERATOR)
        # A command that was recorded before needs no answer.
        assert await bus.submit(recorded, OPERATOR) == replace(first, repeated=True)
        # What it does not concern is still answered.
        assert (await event_store.ask(failing, uuid4())).value is None


async def test_question_whose_view_lags_is_unanswerable_after_a_while(
    harness: ReadModelHarness,
) -> None:
    async with (
        office_store(harness) as event_store,
        office_store(harness, answer_s=0.2) as impatient,
    ):
        assert (await event_store.ask(RUNNING_TERMS, CHAIR)).value is None
        async with harness.block_document_writes():
            await office_bus(event_store).submit(begin_term(), OPERATOR)

            with pytest.raises(Unanswerable, match="has not reached 1"):
                await office_bus(impatient).submit(begin_term(), OPERATOR)

        assert (await event_store.ask(RUNNING_TERMS, CHAIR)).value == 1
