"""Both event stores fulfil the contract of ``EventStore``."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

import pytest

from intersessional.domain.command_handling.command import Command
from intersessional.domain.command_handling.command_envelope import CommandEnvelope
from intersessional.domain.command_handling.command_result import CommandResult
from intersessional.domain.command_handling.event_store import (
    EventStore,
    HandledCommand,
    Unreachable,
)
from intersessional.domain.command_handling.in_memory_event_store import InMemoryEventStore
from intersessional.domain.command_handling.unit_of_work import UnitOfWork
from intersessional.domain.kernel.act import LIVE, Act, Actor, Role
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.caller import ANONYMOUS, OPERATOR
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import CommandReused, StaleVersion
from intersessional.domain.kernel.sealed import Sealed
from intersessional.infra.event_store.append.sequencer import Sequencer
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.event_store.postgres_event_store import PostgresEventStore
from tests.infra.event_store.offices import NoAnswers
from tests.infra.event_store.store_location import StoreLocation


class Postcard(Aggregate):
    TOPIC = "postcard"

    texts: tuple[Sealed, ...] = ()

    class Written(CreatedEvent):
        TOPIC = "postcard.written.v1"
        text: Sealed

        def apply(self, aggregate: "Postcard") -> None:
            aggregate.texts = (self.text,)

    class Extended(Aggregate.Event):
        TOPIC = "postcard.extended.v1"
        text: Sealed

        def apply(self, aggregate: "Postcard") -> None:
            aggregate.texts = (*aggregate.texts, self.text)

    class Burnt(Aggregate.Event):
        TOPIC = "postcard.burnt.v1"
        CLOSES = ("text", "copy")
        text: Sealed | None
        copy: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class WritePostcard(Command):
    TOPIC = "postcard.write"

    text: str = ""


ACT = Act(Actor(Role.OPERATOR), UUID(int=1), Occurred.parse("2018-04-04"), LIVE)


@pytest.fixture(params=["in memory", "PostgreSQL"])
def event_store(request: pytest.FixtureRequest, sequencer: Sequencer, log: EventLog) -> EventStore:
    """An event store of each implementation."""
    if request.param == "in memory":
        return InMemoryEventStore()
    codec = Codec([Postcard])
    return PostgresEventStore(log=log, sequencer=sequencer, codec=codec, answers=NoAnswers())


def envelope(text: str = "", command_id: UUID | None = None) -> CommandEnvelope:
    return CommandEnvelope(WritePostcard(command_id=command_id or uuid4(), text=text), OPERATOR)


def handled(one: CommandEnvelope, unit_of_work: UnitOfWork, subject: UUID) -> HandledCommand:
    return HandledCommand(envelope=one, subject=subject, events=unit_of_work.take_new_events())


def written(text: str) -> Postcard:
    return Postcard.create(Postcard.Written, id=uuid4(), act=ACT, text=Sealed(text))


async def append(
    event_store: EventStore,
    unit_of_work: UnitOfWork,
    subject: UUID,
    one: CommandEnvelope | None = None,
) -> int:
    [result] = await event_store.append(
        [handled(one or envelope(), unit_of_work, subject)],
        expects=unit_of_work.expects,
        asked=unit_of_work.asked,
        aggregates=unit_of_work.aggregates,
    )
    assert not result.repeated
    return result.position


async def a_postcard(event_store: EventStore, one: CommandEnvelope | None = None) -> UUID:
    """A postcard in the store."""
    unit_of_work = UnitOfWork(event_store)
    unit_of_work.add(postcard := written("Dear Ann"))
    await append(event_store, unit_of_work, postcard.id, one)
    return postcard.id


async def extend(event_store: EventStore, id: UUID, text: str) -> UnitOfWork:
    """A unit of work with one more event."""
    unit_of_work = UnitOfWork(event_store)
    postcard = await unit_of_work.load(Postcard, id)
    postcard.record(Postcard.Extended, act=ACT, text=Sealed(text))
    return unit_of_work


@pytest.mark.parametrize("fresh", [False, True])
async def test_aggregate_loads_at_its_last_version_with_its_texts_sealed(
    event_store: EventStore, fresh: bool
) -> None:
    id = await a_postcard(event_store)
    assert await append(event_store, await extend(event_store, id, "Yours"), id) == 2

    postcard = await event_store.load(id, fresh=fresh)

    assert isinstance(postcard, Postcard)
    assert postcard.version == 2
    assert len(postcard.texts) == 2
    dear, yours = postcard.texts
    revealed = await UnitOfWork(event_store).reveal([yours, dear, Sealed("Just written.")])
    assert revealed == {dear: "Dear Ann", yours: "Yours", Sealed("Just written."): "Just written."}


async def test_loaded_aggregate_is_a_copy(event_store: EventStore) -> None:
    id = await a_postcard(event_store)

    await extend(event_store, id, "never appended")

    postcard = await event_store.load(id)
    assert postcard is not None
    assert postcard.version == 1


async def test_unknown_aggregate_and_command_are_none(event_store: EventStore) -> None:
    assert await event_store.load(uuid4()) is None
    assert await event_store.results_of([envelope()]) == [None]
    assert await event_store.reveal([Sealed(sealed="00" * 32)]) == {}


async def test_append_to_a_stream_that_has_moved_on_is_stale(event_store: EventStore) -> None:
    id = await a_postcard(event_store)
    unit_of_work = await extend(event_store, id, "too late")
    await append(event_store, await extend(event_store, id, "first"), id)

    with pytest.raises(StaleVersion) as refused:
        await append(event_store, unit_of_work, id)

    assert (refused.value.id, refused.value.expected, refused.value.actual) == (id, 1, 2)


async def test_latest_versions_are_those_of_every_stream(event_store: EventStore) -> None:
    id, missing = await a_postcard(event_store), uuid4()

    assert await event_store.are_latest({id: 1, missing: 0})
    assert await event_store.are_latest({})
    await append(event_store, await extend(event_store, id, "first"), id)
    assert not await event_store.are_latest({id: 1})
    assert not await event_store.are_latest({id: 2, missing: 1})


async def test_append_that_only_read_a_stream_that_has_moved_on_is_stale(
    event_store: EventStore,
) -> None:
    id = await a_postcard(event_store)
    unit_of_work = UnitOfWork(event_store)
    await unit_of_work.load(Postcard, id)
    await append(event_store, await extend(event_store, id, "first"), id)
    unit_of_work.add(other := written("other"))

    with pytest.raises(StaleVersion):
        await append(event_store, unit_of_work, other.id)


async def test_append_that_relied_on_an_absence_is_stale(event_store: EventStore) -> None:
    unit_of_work = UnitOfWork(event_store)
    postcard = written("Dear Ann")
    assert await unit_of_work.find(Postcard, postcard.id) is None
    before = UnitOfWork(event_store)
    before.add(Postcard.create(Postcard.Written, id=postcard.id, act=ACT, text=Sealed("x")))
    await append(event_store, before, postcard.id)
    unit_of_work.add(other := written("other"))

    with pytest.raises(StaleVersion) as refused:
        await append(event_store, unit_of_work, other.id)

    assert (refused.value.id, refused.value.expected, refused.value.actual) == (postcard.id, 0, 1)


async def test_recorded_command_answers_its_first_result(event_store: EventStore) -> None:
    one = envelope("Dear Ann")
    id = await a_postcard(event_store, one)
    await a_postcard(event_store)

    new, result = await event_store.results_of([envelope(), one])

    assert new is None
    assert isinstance(result, CommandResult)
    assert (result.subject, result.position, result.repeated) == (id, 1, True)


async def test_recorded_command_is_not_appended_again(event_store: EventStore) -> None:
    one = envelope("Dear Ann")
    id = await a_postcard(event_store, one)
    unit_of_work = UnitOfWork(event_store)
    unit_of_work.add(other := written("again"))

    [result] = await event_store.append(
        [handled(one, unit_of_work, other.id)],
        expects=unit_of_work.expects,
        asked=unit_of_work.asked,
        aggregates=unit_of_work.aggregates,
    )

    assert (result.subject, result.position, result.repeated) == (id, 1, True)
    assert await event_store.load(other.id, fresh=True) is None


async def test_command_id_of_another_command_is_refused(event_store: EventStore) -> None:
    one = envelope("Dear Ann")
    await a_postcard(event_store, one)
    command_id = one.command.command_id

    for other in (
        envelope("Dear Bob", command_id),
        CommandEnvelope(one.command, replace(ANONYMOUS, person=uuid4())),
    ):
        [refused] = await event_store.results_of([other])
        assert isinstance(refused, CommandReused)
        assert refused.command_id == command_id

        unit_of_work = UnitOfWork(event_store)
        unit_of_work.add(postcard := written("again"))
        with pytest.raises(CommandReused):
            await append(event_store, unit_of_work, postcard.id, other)


async def test_commands_of_one_append_are_recorded_together(event_store: EventStore) -> None:
    unit_of_work = UnitOfWork(event_store)
    commands: list[HandledCommand] = []
    for text in ("one", "two"):
        unit_of_work.add(postcard := written(text))
        commands.append(handled(envelope(text), unit_of_work, postcard.id))

    results = await event_store.append(
        commands,
        expects=unit_of_work.expects,
        asked=unit_of_work.asked,
        aggregates=unit_of_work.aggregates,
    )

    assert [result.position for result in results] == [1, 2]
    assert [result.subject for result in results] == [one.subject for one in commands]


async def test_append_with_a_recorded_command_among_new_ones_is_refused(
    event_store: EventStore,
) -> None:
    recorded = envelope("one")
    await a_postcard(event_store, recorded)
    unit_of_work = UnitOfWork(event_store)
    commands: list[HandledCommand] = []
    for one in (recorded, envelope("two")):
        unit_of_work.add(postcard := written("x"))
        commands.append(handled(one, unit_of_work, postcard.id))

    with pytest.raises(CommandReused) as refused:
        await event_store.append(
            commands,
            expects=unit_of_work.expects,
            asked=unit_of_work.asked,
            aggregates=unit_of_work.aggregates,
        )

    assert refused.value.command_id == recorded.command.command_id


async def burn(event_store: EventStore, id: UUID) -> UnitOfWork:
    """A unit of work that closes the first text of a postcard."""
    unit_of_work = UnitOfWork(event_store)
    postcard = await unit_of_work.load(Postcard, id)
    text = postcard.texts[0]
    postcard.record(Postcard.Burnt, act=ACT, text=text, copy=text)
    return unit_of_work


@pytest.mark.parametrize("fresh", [False, True])
async def test_text_that_was_closed_is_not_revealed(event_store: EventStore, fresh: bool) -> None:
    id, other = await a_postcard(event_store), await a_postcard(event_store)

    await append(event_store, await burn(event_store, id), id)

    revealed: list[Mapping[Sealed, str]] = []
    for one in (id, other):
        postcard = await event_store.load(one, fresh=fresh)
        assert isinstance(postcard, Postcard)
        revealed.append(await UnitOfWork(event_store).reveal(postcard.texts))
    assert revealed[0] == {}
    assert [*revealed[1].values()] == ["Dear Ann"]


async def test_text_that_was_written_and_closed_in_one_append_is_not_revealed(
    event_store: EventStore,
) -> None:
    unit_of_work = UnitOfWork(event_store)
    unit_of_work.add(postcard := written("Dear Ann"))
    postcard.record(Postcard.Extended, act=ACT, text=Sealed("Yours"))
    postcard.record(Postcard.Burnt, act=ACT, text=postcard.texts[0])
    await append(event_store, unit_of_work, postcard.id)

    loaded = await event_store.load(postcard.id)

    assert isinstance(loaded, Postcard)
    assert len({*loaded.texts}) == 2
    assert [*(await event_store.reveal(loaded.texts)).values()] == ["Yours"]


async def test_event_that_closes_no_text_closes_nothing(event_store: EventStore) -> None:
    id = await a_postcard(event_store)
    unit_of_work = UnitOfWork(event_store)
    postcard = await unit_of_work.load(Postcard, id)
    postcard.record(Postcard.Burnt, act=ACT, text=None)
    await append(event_store, unit_of_work, id)

    assert [*(await UnitOfWork(event_store).reveal(postcard.texts)).values()] == ["Dear Ann"]


async def test_event_cannot_close_a_text_that_it_seals_itself(event_store: EventStore) -> None:
    id = await a_postcard(event_store)
    unit_of_work = UnitOfWork(event_store)
    postcard = await unit_of_work.load(Postcard, id)
    postcard.record(Postcard.Burnt, act=ACT, text=Sealed("another"))

    with pytest.raises(ValueError, match="closes a text that it seals itself"):
        await append(event_store, unit_of_work, id)


async def test_aggregate_that_was_appended_holds_no_text_in_clear(event_store: EventStore) -> None:
    postcard = await event_store.load(await a_postcard(event_store))

    assert isinstance(postcard, Postcard)
    assert [text.value for text in postcard.texts] == [None]


async def test_aggregate_that_gets_a_text_is_not_read_again(
    location: StoreLocation, sequencer: Sequencer
) -> None:
    async with location.pool() as pool:
        event_store = PostgresEventStore(
            log=EventLog(pool), sequencer=sequencer, codec=Codec([Postcard]), answers=NoAnswers()
        )
        id = await a_postcard(event_store)
        await append(event_store, await extend(event_store, id, "Yours"), id)

    # The pool is closed, so nothing can be read from the log any more.
    postcard = await event_store.load(id)

    assert isinstance(postcard, Postcard)
    assert [text.value for text in postcard.texts] == [None, None]
    with pytest.raises(Unreachable):
        await event_store.load(id, fresh=True)
