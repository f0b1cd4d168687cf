"""Chromium, on a page that tells what it sees."""

import asyncio
import json
import os
import shutil
import signal
import socket
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from intersessional.infra.http.server.listener import listen
from tests.graphql.server import WAIT_MAX_S, Uvicorn

Json = Any

SCRIPT = Path(__file__).with_name("page.mjs")
NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
FLAGS = (
    "--headless",
    "--no-sandbox",  # The page is our own, and root has no sandbox.
    "--no-first-run",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

needs_chromium = pytest.mark.skipif(
    CHROMIUM is None, reason="No browser is here: install Chromium (Debian's package chromium)."
)


class Pages:
    """Where pages come from, and what they tell."""

    def __init__(self, listener: socket.socket) -> None:
        self._port = listener.getsockname()[1]
        self._told: list[Json] = []
        self._moved = asyncio.Event()
        self.app = Starlette(
            routes=[
                Route("/", self._show),
                Route("/page.mjs", self._script),
                Route("/told", self._take, methods=["POST"]),
            ]
        )

    def origin(self, host: str = "127.0.0.1") -> str:
        """The origin of its pages; another ``host`` that means this machine is another origin."""
        return f"http://{host}:{self._port}"

    def told(self, source: str) -> list[Json]:
        """What a page has told of one source so far."""
        return [told["what"] for told in self._told if told["source"] == source]

    def heard(self, source: str) -> list[Json]:
        """What has come from there: all that was told but that it was closed or lost."""
        return [what for what in self.told(source) if not isinstance(what, str)]

    async def tells(self, source: str, what: str) -> None:
        """Wait until a page tells that its source is closed, or lost."""
        await self._until(lambda: what in self.told(source))

    async def hears(self, count: int, *sources: str) -> None:
        """Wait until so much has come from each source."""
        await self._until(lambda: all(len(self.heard(one)) >= count for one in sources))

    async def _until(self, met: Callable[[], bool]) -> None:
        try:
            async with asyncio.timeout(WAIT_MAX_S):
                while not met():
                    self._moved.clear()
                    await self._moved.wait()
        except TimeoutError:
            pytest.fail(f"only this was told: {self._told}")

    async def _show(self, _: Request) -> Response:
        return HTMLResponse('<!doctype html><script type="module" src="page.mjs"></script>')

    async def _script(self, _: Request) -> Response:
        return FileResponse(SCRIPT, media_type="text/javascript")

    async def _take(self, request: Request) -> Response:
        self._told.append(await request.json())
        self._moved.set()
        return Response(status_code=204)


@asynccontextmanager
async def pages() -> AsyncGenerator[Pages]:
    """A server of pages, at an origin of its own."""
    listener = listen("127.0.0.1", 0)
    pages = Pages(listener)
    server = Uvicorn(uvicorn.Config(pages.app, lifespan="off", log_config=None))
    running = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        async with asyncio.timeout(WAIT_MAX_S):
            await server.ready.wait()
        yield pages
    finally:
        server.should_exit = True
        async with asyncio.timeout(WAIT_MAX_S):
            await running


@asynccontextmanager
async def a_page(origin: str, profile: Path, **given: Json) -> AsyncGenerator[None]:
    """A page of this origin, open in a browser of its own that keeps its things in ``profile``."""
    process = await asyncio.create_subprocess_exec(
        str(CHROMIUM),
        *FLAGS,
        f"--user-data-dir={profile}",
        f"{origin}/#{quote(json.dumps(given))}",
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        # With everything that it has started.
        os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
