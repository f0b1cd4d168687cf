"""Connections of the page, without a browser: many cuts, and a server that restarts."""

import asyncio
import json
import random
import re
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from html import unescape
from typing import Any, cast

import httpx
import pytest

from intersessional.domain.kernel.act import Role
from intersessional.infra.connections.client_connections import RECONNECT_MS_MAX
from intersessional.plugins.composition import installed_plugins
from tests.browser.conftest import origin_of
from tests.browser.own_drafts import comment_on, publish_draft
from tests.clients.tcp_proxy import run_tcp_proxy
from tests.graphql.server import Server, serving
from tests.recorded import Recorded
from tests.scripts.test_scripts import FOLDER, NODE

pytestmark = pytest.mark.asyncio(loop_scope="session")

COMMENTS = 1_000
AT_ONCE = 25
UNREAD_MAX = 100
CUTS = 60
LINES = 20


class Lines:
    """Connections in a process of Node, and what each has met."""

    def __init__(self, process: Process, count: int) -> None:
        self._process = process
        self.met: list[list[str]] = [[] for _ in range(count)]
        self.received: list[list[str]] = [[] for _ in range(count)]
        """The ids of comments."""
        self._changed = asyncio.Condition()

    async def read(self) -> None:
        """Read what they meet, until they end."""
        assert self._process.stdout
        async for line in self._process.stdout:
            number, what = cast("tuple[int, str]", json.loads(line))
            async with self._changed:
                is_state = what.startswith(("open", "closed"))
                (self.met if is_state else self.received)[number].append(what)
                self._changed.notify_all()

    async def until(self, is_met: Callable[[], bool]) -> None:
        """Wait until they have met something."""
        async with self._changed:
            await self._changed.wait_for(is_met)

    async def until_received(self, count: int) -> None:
        """Wait until the first has so many comments."""
        await self.until(lambda: len(self.received[0]) >= count)

    async def until_opened(self, times: int) -> None:
        """Wait until the first has been opened so often."""
        await self.until(lambda: self.met[0].count("open") >= times)

    def waits_ms(self) -> list[int]:
        """The times after which they connect again, of all that were closed."""
        closed = [one for each in self.met for one in each if one.startswith("closed")]
        return [int(one.split()[1]) for one in closed]


@asynccontextmanager
async def run_lines(
    node: Server, record: Recorded, count: int, url: str = ""
) -> AsyncGenerator[Lines]:
    """Open connections as the screen of the draft does, perhaps by a proxy."""
    async with httpx.AsyncClient(trust_env=False, timeout=None) as http:
        html = (await http.get(f"{origin_of(node)}/drafts/{record.draft}")).text
    [live, position, epoch] = (
        unescape(re.findall(rf"""data-{name}=(['"])(.*?)\1""", html)[0][1])
        for name in ("live", "position", "epoch")
    )
    found: dict[str, Any] = next(one for one in json.loads(live) if "omment" in one["name"])
    variables = {**found["variables"], "draft": str(record.draft)}
    given = {
        "url": (url or node.url).replace("http", "ws"),
        "operation": {"hash": found["sha256"], "variables": variables},
        "after": f"{epoch}:{position}",
        "count": count,
    }
    process = await asyncio.create_subprocess_exec(
        NODE, FOLDER / "lines.mjs", json.dumps(given), stdout=PIPE
    )
    lines = Lines(process, count)
    async with asyncio.TaskGroup() as tasks:
        reading = tasks.create_task(lines.read())
        try:
            await lines.until(lambda: all("open" in one for one in lines.met))
            yield lines
        finally:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
            reading.cancel()


async def test_no_comment_is_lost_or_repeated_by_cuts(node: Server, record: Recorded) -> None:
    own = await publish_draft(node, record, ["What is commented on in bursts."])
    commenter = await node.token(Role.COMMENTER)
    chosen = sorted(random.Random(CUTS).sample(range(COMMENTS), CUTS))
    async with run_tcp_proxy(node.url) as proxy, run_lines(node, own, 1, proxy.url) as lines:
        posted: list[str] = []

        async def cut() -> None:
            for times, received in enumerate(chosen, 1):
                await lines.until_received(received)
                proxy.end()
                await lines.until_opened(times + 1)

        cutting = asyncio.create_task(cut())
        for _ in range(COMMENTS // AT_ONCE):
            posted += await comment_on(node, own, commenter.person, ["One more."] * AT_ONCE)
            await lines.until_received(len(posted) - UNREAD_MAX)
        await cutting
        await lines.until_received(COMMENTS)

        assert len(lines.waits_ms()) == CUTS
        assert lines.received == [posted]


async def test_connections_come_back_at_the_times_that_a_restarting_server_names(
    recorded: Recorded,
) -> None:
    async with serving(recorded.url, composition=installed_plugins()) as node:
        await node.caught_up()
        async with run_lines(node, recorded, LINES) as lines:
            node.stop()
            await lines.until(lambda: len(lines.waits_ms()) == LINES)
            waits = lines.waits_ms()

    assert max(waits) <= RECONNECT_MS_MAX
    assert max(waits) - min(waits) > RECONNECT_MS_MAX // 4, "they come back spread over that time"
