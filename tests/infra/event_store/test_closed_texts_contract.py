"""Both event stores reveal no text that was closed."""

from collections.abc import Mapping
from uuid import UUID

import pytest

from intersessional.domain.command_handling.event_store import (
    EventStore,
    Unreachable,
)
from intersessional.domain.command_handling.unit_of_work import UnitOfWork
from intersessional.domain.kernel.sealed import Sealed
from intersessional.infra.event_store.append.sequencer import Sequencer
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.event_store.postgres_event_store import PostgresEventStore
from tests.infra.event_store.offices import NoAnswers
from tests.infra.event_store.postcards import ACT, Postcard, a_postcard, append, extend, written
from tests.infra.event_store.store_location import StoreLocation


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
