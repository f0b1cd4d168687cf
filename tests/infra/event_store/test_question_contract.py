"""Both event stores answer questions exactly: an append that relies on another answer is stale."""

from collections.abc import AsyncGenerator
from uuid import UUID, uuid4

import pytest
import pytest_asyncio

from intersessional.domain.command_handling.command_bus import CommandRefused
from intersessional.domain.command_handling.command_envelope import CommandEnvelope
from intersessional.domain.command_handling.event_store import (
    EventStore,
    StaleAnswer,
)
from intersessional.domain.command_handling.in_memory_event_store import InMemoryEventStore
from intersessional.domain.command_handling.unit_of_work import UnitOfWork
from intersessional.domain.kernel.caller import OPERATOR
from intersessional.domain.kernel.refusals import BadValue
from intersessional.infra.postgres.connection import SCHEMA
from tests.infra.event_store.offices import (
    ACT,
    RUNNING_TERMS,
    BeginTerm,
    EndTerm,
    Term,
    append_terms,
    begin,
    office_bus,
    office_store,
    record_term,
)
from tests.infra.read_models.harness import open_harness

CHAIR, VICE_CHAIR = UUID(int=1), UUID(int=2)


@pytest_asyncio.fixture(params=["in memory", "PostgreSQL"])
async def event_store(
    request: pytest.FixtureRequest, database_url: str
) -> AsyncGenerator[EventStore]:
    """An event store of each implementation."""
    if request.param == "in memory":
        yield InMemoryEventStore()
        return
    async with (
        open_harness(database_url, SCHEMA, [Term], [RUNNING_TERMS]) as harness,
        office_store(harness) as event_store,
    ):
        yield event_store


def begin_term(office: UUID = CHAIR) -> BeginTerm:
    return BeginTerm(command_id=uuid4(), office=office)


async def test_answer_holds_every_event_that_concerns_it(event_store: EventStore) -> None:
    assert await UnitOfWork(event_store).ask(RUNNING_TERMS, CHAIR) is None
    for office in (CHAIR, VICE_CHAIR, CHAIR):
        await record_term(event_store, office)

    for office, running in ((CHAIR, 2), (VICE_CHAIR, 1), (UUID(int=3), None)):
        assert await UnitOfWork(event_store).ask(RUNNING_TERMS, office) == running


async def test_answer_holds_the_events_of_its_own_unit_of_work(event_store: EventStore) -> None:
    await record_term(event_store, CHAIR)
    unit_of_work = UnitOfWork(event_store)

    assert await unit_of_work.ask(RUNNING_TERMS, CHAIR) == 1
    term = begin(unit_of_work, CHAIR)
    assert await unit_of_work.ask(RUNNING_TERMS, CHAIR) == 2
    unit_of_work.take_new_events()
    begin(unit_of_work, CHAIR)
    begin(unit_of_work, VICE_CHAIR)
    term.end(ACT)

    assert await unit_of_work.ask(RUNNING_TERMS, CHAIR) == 2
    assert await unit_of_work.ask(RUNNING_TERMS, CHAIR) == 2
    assert await unit_of_work.ask(RUNNING_TERMS, VICE_CHAIR) == 1


@pytest.mark.parametrize("before", [0, 1])
async def test_append_that_relies_on_an_answer_that_has_changed_is_stale(
    event_store: EventStore, before: int
) -> None:
    for _ in range(before):
        await record_term(event_store, CHAIR)
    unit_of_work = UnitOfWork(event_store)
    await unit_of_work.ask(RUNNING_TERMS, CHAIR)
    term = begin(unit_of_work, VICE_CHAIR)
    changed = await record_term(event_store, CHAIR)

    with pytest.raises(StaleAnswer) as stale:
        await append_terms(event_store, unit_of_work)

    assert (stale.value.question, stale.value.changed) == ((RUNNING_TERMS.id, CHAIR), changed)
    assert stale.value.answered < changed
    assert await event_store.load(term.id, fresh=True) is None


async def test_append_that_relies_on_an_answer_that_has_not_changed_is_recorded(
    event_store: EventStore,
) -> None:
    await record_term(event_store, CHAIR)
    unit_of_work = UnitOfWork(event_store)
    await unit_of_work.ask(RUNNING_TERMS, CHAIR)
    begin(unit_of_work, CHAIR)
    await record_term(event_store, VICE_CHAIR)

    assert await append_terms(event_store, unit_of_work) == 3


async def test_recorded_command_answers_its_first_result_when_the_answer_has_changed(
    event_store: EventStore,
) -> None:
    command = begin_term()
    for _ in range(2):
        unit_of_work = UnitOfWork(event_store)
        unit_of_work.asked[RUNNING_TERMS.id, CHAIR] = 0
        await event_store.ask(RUNNING_TERMS, CHAIR)
        begin(unit_of_work, CHAIR)

        assert await append_terms(event_store, unit_of_work, command) == 1


async def test_rule_that_rests_on_a_question_holds_from_command_to_command(
    event_store: EventStore,
) -> None:
    bus = office_bus(event_store)
    first = await bus.submit(begin_term(), OPERATOR)

    with pytest.raises(BadValue, match="someone holds it"):
        await bus.submit(begin_term(), OPERATOR)

    await bus.submit(begin_term(VICE_CHAIR), OPERATOR)
    await bus.submit(EndTerm(command_id=uuid4(), term=first.subject), OPERATOR)
    await bus.submit(begin_term(), OPERATOR)


async def test_rule_that_rests_on_a_question_holds_within_one_append(
    event_store: EventStore,
) -> None:
    bus = office_bus(event_store)
    first = begin_term()
    ended = EndTerm(command_id=uuid4(), term=first.derived_id)

    with pytest.raises(CommandRefused) as refused:
        await bus.submit_all([CommandEnvelope(one, OPERATOR) for one in (first, begin_term())])
    results = await bus.submit_all(
        [CommandEnvelope(one, OPERATOR) for one in (first, ended, begin_term())]
    )

    assert refused.value.place == 1
    assert [one.position for one in results] == [1, 2, 3]
