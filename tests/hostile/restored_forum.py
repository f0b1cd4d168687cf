"""A forum with a draft whose comment window is still to open, and a backup of its record."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from intersessional.domain.kernel.act import Role
from intersessional.plugins.testing import Clock, RunningSystem
from tests.databases import fresh_database
from tests.graphql.client import Client
from tests.graphql.server import WAIT_MAX_S, Server, serving
from tests.hostile.backup import EVERYTHING, STATE, Backup, state
from tests.plugins.scenario import PluginScenario
from tests.recorded import Recorded

BEFORE = "2027-10-03T21:59:00Z"
OPENS = "2027-10-03T22:00:00Z"
CLOSES = "2027-11-19T23:00:00Z"
WRITER = "Ada"
"""Who comments; the backup knows her."""
WINDOW = "query ($draft: ID!) { draft(id: $draft) { commentWindow { state } } }"


@dataclass(frozen=True, kw_only=True)
class RestoredForum:
    """Its database with the backup, its draft, and the clock of its nodes."""

    backup: Backup
    record: Recorded
    clock: Clock

    @asynccontextmanager
    async def serving(self, port: int = 0) -> AsyncGenerator[Server]:
        """A node of it, by its clock."""
        url, clock = self.backup.dsn, self.clock
        async with serving(url, composition=EVERYTHING, clock=clock, port=port) as node:
            await node.caught_up()
            yield node

    async def restore(self, client: Client) -> None:
        """Replace the database by the backup, and wait until a node has noticed."""
        before = (await client.ask(STATE))["epoch"]
        await self.backup.replace_database()
        await state(client, lambda data: data["epoch"] != before)

    async def until_window_is(self, client: Client, wanted: str) -> None:
        """Wait until a node says so of the window."""
        async with asyncio.timeout(WAIT_MAX_S):
            while True:
                answer = await client.answer(WINDOW, draft=str(self.record.draft))
                data: dict[str, Any] = answer.get("data") or {}
                if [one["commentWindow"]["state"] for one in data.values()] == [wanted]:
                    return
                await asyncio.sleep(0.02)


@asynccontextmanager
async def forum_with_backup(server: str, template: str) -> AsyncGenerator[RestoredForum]:
    """The backup is of a time before the window opens; ``template`` has all tables."""
    clock = Clock(BEFORE)
    async with fresh_database(server, template) as dsn:
        async with serving(dsn, composition=EVERYTHING, clock=clock) as node:
            scenario = await PluginScenario(system=RunningSystem(node.backend)).begin()
            [group] = await scenario.establish("Its group")
            draft: UUID = await scenario.draft(group)
            await scenario.confirm("2027-11-15", "2027-11-19")
            await node.token(Role.COMMENTER, WRITER)
            head = await node.caught_up()
        async with fresh_database(server, urlsplit(dsn).path[1:]) as copy:
            backup = Backup(server=server, dsn=dsn, copy=copy, token="", head=head)
            record = Recorded(url=dsn, token="", draft=draft)
            yield RestoredForum(backup=backup, record=record, clock=clock)
