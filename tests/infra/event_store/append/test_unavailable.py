"""While the database is unreachable, appends wait up to their timeout, and readers go on later."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from intersessional.domain.command_handling.event_store import Unavailable
from intersessional.infra.embedded_postgres.lease import embedded_postgres
from intersessional.infra.event_store.append.sequencer import Sequencer
from intersessional.infra.event_store.tail import Tail
from tests.infra.event_store.append_requests import a_new_stream
from tests.infra.event_store.store_location import StoreLocation


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of a server that comes and goes."""
    return tmp_path_factory.mktemp("unavailable")


async def test_append_without_retries_is_unavailable_and_may_be_sent_again(directory: Path) -> None:
    append = a_new_stream()
    async with embedded_postgres(directory) as url:
        location = await StoreLocation.make(url)

    async with Sequencer(location.url, schema=location.schema, timeout_s=0) as sequencer:
        for _ in range(2):
            with pytest.raises(Unavailable) as refused:
                await sequencer.append(append)
            assert str(refused.value)
            assert isinstance(refused.value.__cause__, OSError)

        async with embedded_postgres(directory):
            [receipt] = await sequencer.append(append)

    assert (receipt.first, receipt.repeated) == (1, False)


async def test_waiting_append_is_answered_once_the_database_is_back(directory: Path) -> None:
    async with AsyncExitStack() as node:
        async with embedded_postgres(directory) as url:
            location = await StoreLocation.make(url)
            sequencer = await node.enter_async_context(
                Sequencer(location.url, schema=location.schema, timeout_s=60)
            )
            tail = await node.enter_async_context(Tail(location.url, schema=location.schema))
            await sequencer.append(a_new_stream())
            await tail.wait(0)

        appending = asyncio.create_task(sequencer.append(a_new_stream()))
        following = asyncio.create_task(tail.wait(1))
        async with asyncio.timeout(60), embedded_postgres(directory):
            [receipt] = await appending
            position = await following

    assert (receipt.first, receipt.repeated) == (2, False)
    assert position == 2
