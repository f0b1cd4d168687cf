"""Comment windows whose opening or closing is lost by a restore: each is recorded anew, once."""

import asyncio
from collections.abc import AsyncGenerator

import asyncpg
import pytest
import pytest_asyncio

from intersessional.infra.postgres.connection import SCHEMA
from intersessional.plugins.testing import RunningSystem, instant
from tests.graphql.client import Client
from tests.graphql.server import WAIT_MAX_S, Server
from tests.hostile.restored_forum import CLOSES, OPENS, RestoredForum, forum_with_backup

pytestmark = pytest.mark.asyncio(loop_scope="session")

WINDOW = "comment_window."
TURNS = ["opened", "closed"]


@pytest_asyncio.fixture(loop_scope="session")
async def forum(postgres: str, migrated: str) -> AsyncGenerator[RestoredForum]:
    """A forum whose window is still to open in its backup."""
    async with forum_with_backup(postgres, migrated) as forum:
        yield forum


async def turns_on_record(node: Server) -> list[str]:
    """What the clock brought about, in the order of the record, with its instants."""
    events = await RunningSystem(node.backend).events(WINDOW)
    return [
        f"{event.topic.split('.')[1]} {event.occurred.at}"
        for event in events
        if event.topic.split(".")[1] in TURNS
    ]


def at(text: str) -> str:
    """An instant as the record has it."""
    return f"{instant(text):%Y-%m-%dT%H:%M:%S.%fZ}"


@pytest.mark.parametrize(
    ("now", "state", "turns"),
    [
        (OPENS, "OPEN", [f"opened {at(OPENS)}"]),
        (CLOSES, "CLOSED", [f"opened {at(OPENS)}", f"closed {at(CLOSES)}"]),
    ],
    ids=["opened", "opened and closed"],
)
async def test_turns_that_were_lost_are_recorded_anew_by_one_of_several_nodes(
    forum: RestoredForum, now: str, state: str, turns: list[str]
) -> None:
    async with forum.serving() as one, forum.serving() as two, Client(two.url) as client:
        forum.clock.set(OPENS)
        await forum.until_window_is(client, "OPEN")
        forum.clock.set(now)
        await forum.until_window_is(client, state)

        await forum.restore(client)

        await forum.until_window_is(client, state)
        await one.caught_up()
        assert await turns_on_record(one) == await turns_on_record(two) == turns


async def test_window_whose_time_comes_while_the_database_is_away_opens_when_it_is_back(
    forum: RestoredForum,
) -> None:
    async with forum.serving() as node, Client(node.url) as client:
        owner = await asyncpg.connect(forum.backup.dsn)
        await owner.execute(f"ALTER SCHEMA {SCHEMA} RENAME TO elsewhere")
        await owner.close()
        forum.clock.set(OPENS)
        async with asyncio.timeout(WAIT_MAX_S):
            # A timer that is due fails to record or to read, whichever it does first.
            while not any(one.failures for one in node.backend.outages.values()):  # noqa: ASYNC110
                await asyncio.sleep(0.01)

        await forum.backup.replace_database()

        await forum.until_window_is(client, "OPEN")
        assert await turns_on_record(node) == [f"opened {at(OPENS)}"]


async def test_window_that_closed_in_the_lost_part_is_open_again_where_its_time_is_not_over(
    forum: RestoredForum,
) -> None:
    async with forum.serving() as node, Client(node.url) as client:
        forum.clock.set(CLOSES)
        await forum.until_window_is(client, "CLOSED")
        # A clock that was wrong is what a backup is restored for.
        forum.clock.set(OPENS)

        await forum.restore(client)

        await forum.until_window_is(client, "OPEN")
        forum.clock.set(CLOSES)
        await forum.until_window_is(client, "CLOSED")
        assert await turns_on_record(node) == [f"opened {at(OPENS)}", f"closed {at(CLOSES)}"]
