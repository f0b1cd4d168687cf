"""Both event stores fulfil the contract of ``EventStore``."""

from dataclasses import replace
from uuid import uuid4

import pytest

from intersessional.domain.command_handling.command_envelope import CommandEnvelope
from intersessional.domain.command_handling.command_result import CommandResult
from intersessional.domain.command_handling.event_store import (
    EventStore,
    HandledCommand,
)
from intersessional.domain.command_handling.unit_of_work import UnitOfWork
from intersessional.domain.kernel.caller import ANONYMOUS
from intersessional.domain.kernel.refusals import CommandReused, StaleVersion
from intersessional.domain.kernel.sealed import Sealed
from tests.infra.event_store.postcards import (
    ACT,
    Postcard,
    a_postcard,
    append,
    envelope,
    extend,
    handled,
    written,
)


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
