"""Connections of the page, without a browser: many cuts, and a server that restarts."""

import asyncio
import json
import random
import re
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from html import unescape
from typing import Any
from uuid import uuid4

import httpx
import pytest

from intersessional.infra.connections.client_connections import RECONNECT_MS_MAX
from intersessional.plugins.composition import installed_plugins
from tests.browser.conftest import origin_of
from tests.clients.tcp_proxy import run_tcp_proxy
from tests.graphql.server import WAIT_MAX_S, Server, serving
from tests.journeys.api_client import Api, signed_in
from tests.recorded import Recorded
from tests.scripts.test_scripts import FOLDER, NODE

pytestmark = pytest.mark.asyncio(loop_scope="session")

COMMENTS = 400
AT_ONCE = 10
CUTS = 60
LINES = 20


class Lines:
    """Connections in a process of Node, and what each has met."""

    def __init__(self, process: Process, count: int) -> None:
        self._process = process
        self.met: list[list[str]] = [[] for _ in range(count)]
        self._changed = asyncio.Condition()

    async def read(self) -> None:
        """Read what they meet, until they end."""
        assert self._process.stdout
        async for line in self._process.stdout:
            number, what = json.loads(line)
            async with self._changed:
                self.met[number].append(what)
                self._changed.notify_all()

    async def until(self, is_met: Callable[[], bool]) -> None:
        """Wait until they have met something."""
        async with asyncio.timeout(WAIT_MAX_S), self._changed:
            await self._changed.wait_for(is_met)

    def waits_ms(self) -> list[int]:
        """The times after which they connect again, of all that were closed."""
        closed = [one for each in self.met for one in each if one.startswith("closed")]
        return [int(one.split()[1]) for one in closed]


@asynccontextmanager
async def run_lines(
    node: Server, record: Recorded, count: int, url: str = ""
) -> AsyncGenerator[Lines]:
    """Open connections as the screen of the draft does, perhaps by a proxy."""
    async with httpx.AsyncClient(trust_env=False) as http:
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


async def post(api: Api, record: Recorded, count: int) -> list[str]:
    """Comment on the draft so many times, in one request; returns the ids."""
    inputs = {
        f"i{number}": {"commandId": str(uuid4()), "draft": str(record.draft), "body": "One more."}
        for number in range(count)
    }
    names = ", ".join(f"${name}: PostCommentInput!" for name in inputs)
    posted = "{ ... on CommentPosted { comment { id } } }"
    fields = " ".join(f"c{name}: postComment(input: ${name}) {posted}" for name in inputs)
    data = await api.ask(f"mutation ({names}) {{ {fields} }}", **inputs)
    return [one["comment"]["id"] for one in data.values()]


async def test_no_comment_is_lost_or_repeated_by_cuts(node: Server, record: Recorded) -> None:
    async with (
        run_tcp_proxy(node.url) as proxy,
        signed_in(node.url, record) as api,
        run_lines(node, record, 1, proxy.url) as lines,
    ):
        posted: list[str] = []
        [met] = lines.met
        chance = random.Random(CUTS)

        def is_open_again(times: int) -> bool:
            return met.count("open") > times

        async def cut() -> None:
            for _ in range(CUTS):
                opened = met.count("open")
                proxy.end()
                await lines.until(partial(is_open_again, opened))
                await asyncio.sleep(chance.random() / 50)

        cutting = asyncio.create_task(cut())
        while not cutting.done() or len(posted) < COMMENTS:
            posted += await post(api, record, AT_ONCE)
        await cutting
        await lines.until(lambda: posted[-1] in met)

        assert len(lines.waits_ms()) == CUTS
        assert [one for one in met if not one.startswith(("open", "closed"))] == posted


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
