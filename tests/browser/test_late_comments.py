"""Comments that are sent late: in their order, once, or not at all and with the reason."""

import asyncio
import json
import re
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from playwright.async_api import Browser, expect

from intersessional.infra.clock import now
from intersessional.plugins.composition import installed_plugins
from tests.browser.conftest import origin_of
from tests.browser.drafts import DraftScreen, free_blocks, recorded_on
from tests.browser.watched_pages import WatchedPages
from tests.graphql.client import Client
from tests.graphql.server import serving
from tests.ports import free_port
from tests.recorded import Recorded
from tests.scripts.test_scripts import FOLDER, NODE

pytestmark = pytest.mark.asyncio(loop_scope="session")

WINDOW = "query ($draft: ID!) { draft(id: $draft) { commentWindow { state closesAt } } }"
OFFLINE = "ERR_INTERNET_DISCONNECTED"
COMMENTS = 20
KILLED_AFTER = range(1, COMMENTS)
"""Every gap: the sending of the next comment has begun by then."""


@asynccontextmanager
async def running(*command: object, **options: Any) -> AsyncGenerator[Process]:
    """A process whose output is read; one that has an input ends with that."""
    process = await asyncio.create_subprocess_exec(*map(str, command), stdout=PIPE, **options)
    try:
        yield process
    finally:
        if process.stdin:
            process.stdin.close()
        else:
            with suppress(ProcessLookupError):
                process.kill()
        await process.wait()


async def until(process: Process, said: str) -> None:
    """Wait until a process prints a line."""
    assert process.stdout
    others: list[bytes] = []
    async for line in process.stdout:
        if line.decode().strip() == said:
            return
        others.append(line)
    pytest.fail(f"the process never said {said}, but {others}")


async def start_next(servers: Process) -> None:
    """Kill the server that runs, and start the next."""
    assert servers.stdin
    servers.stdin.write(b"\n")
    await until(servers, "ready")


async def outbox_of_writer(origin: str, record: Recorded) -> dict[str, str]:
    """Who has signed in, and where they comment, as the outbox of the page takes it."""
    async with httpx.AsyncClient(base_url=origin, trust_env=False, timeout=None) as http:
        form = {"role": "COMMENTER", "name": "Somebody who goes on"}
        await http.post("/sign-in", data=form, headers={"Origin": origin})
        [(name, value)] = http.cookies.items()
        html = (await http.get(f"/drafts/{record.draft}")).text
    [viewer] = re.findall(r'data-viewer="([^"]+)"', html)
    return {
        "origin": origin,
        "cookie": f"{name}={value}",
        "viewer": viewer,
        "draft": str(record.draft),
    }


@pytest.mark.timeout(600)  # It starts twenty servers.
async def test_comments_are_recorded_in_order_by_a_server_that_is_killed_often(
    recorded: Recorded,
) -> None:
    port, bodies = free_port(), [f"Number {number}." for number in range(COMMENTS)]
    module = "tests.browser.killed_servers"
    command = (sys.executable, "-m", module, recorded.url, port)
    async with running(*command, stdin=PIPE) as servers:
        await start_next(servers)
        origin = f"http://127.0.0.1:{port}"
        async with Client(f"{origin}/graphql") as client:
            [block] = await free_blocks(client, recorded, 1)
            writer = await outbox_of_writer(origin, recorded)
            given = json.dumps({**writer, "block": block, "bodies": bodies})
            async with running(NODE, FOLDER / "outbox.mjs", given) as outbox:
                for number in range(1, COMMENTS + 1):
                    await until(outbox, "recorded")
                    if number in KILLED_AFTER:
                        await start_next(servers)

            found = await recorded_on(client, recorded, block)
        assert [one["body"] for one in found] == bodies


async def test_comment_that_comes_after_the_window_has_closed_is_kept_with_the_reason(
    chromium: Browser, recorded: Recorded
) -> None:
    ahead = timedelta()

    def clock() -> datetime:
        return now() + ahead

    async with (
        serving(recorded.url, composition=installed_plugins(), clock=clock) as node,
        Client(node.url) as client,
    ):
        await node.caught_up()
        pages = WatchedPages(chromium, origin_of(node))
        pages.allow(OFFLINE)
        window = (await client.ask(WINDOW, draft=str(recorded.draft)))["draft"]["commentWindow"]
        assert window["state"] == "OPEN"
        closes = datetime.fromisoformat(window["closesAt"])
        [block] = await free_blocks(client, recorded, 1)
        ahead = closes - now() - timedelta(hours=1)
        context = await pages.context(service_workers="block")
        screen = DraftScreen(await context.new_page(), recorded)
        await screen.sign_in("Somebody late")

        await screen.write(block, "Too")
        await context.set_offline(True)
        await screen.write(block, "Too late.")
        await screen.send(block)
        ahead += timedelta(hours=2)
        await context.set_offline(False)

        refused = screen.pending()
        await expect(refused).to_contain_text("The comment window closed at")
        day = f"{closes.day} {closes:%B %Y}"
        await expect(refused).to_contain_text(f"{day}, {closes:%H:%M} UTC")
        await expect(refused).to_contain_text("Europe/Paris")
        await expect(refused).to_contain_text("Too late.")
        await expect(refused.locator("[data-act=copy]")).to_be_visible()
        assert await recorded_on(client, recorded, block) == []
        assert await pages.close() == []
