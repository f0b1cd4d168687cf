"""Chromium, on a page that reports what it receives."""

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
    "--renderer-process-limit=1",  # Another one is started ahead of each context otherwise.
    # Compilers that optimise take more than they give to scripts that run once in a page.
    "--js-flags=--no-opt --no-maglev",
)

NO_BROWSER = "No browser is here: install Chromium (Debian's package chromium)."

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason=NO_BROWSER)


class Pages:
    """Serves pages, and collects their reports."""

    def __init__(self, listener: socket.socket) -> None:
        self._port = listener.getsockname()[1]
        self._reports: list[Json] = []
        self._reported = asyncio.Event()
        self.app = Starlette(
            routes=[
                Route("/", self._show),
                Route("/page.mjs", self._script),
                Route("/reports", self._take, methods=["POST"]),
            ]
        )

    def origin(self, host: str = "127.0.0.1") -> str:
        """The origin of its pages; another ``host`` that means this machine is another origin."""
        return f"http://{host}:{self._port}"

    def reports(self, source: str) -> list[Json]:
        """The reports of one source so far: messages, ``closed`` and ``lost``."""
        return [report["what"] for report in self._reports if report["source"] == source]

    def messages(self, source: str) -> list[Json]:
        """The messages of one source so far."""
        return [report for report in self.reports(source) if not isinstance(report, str)]

    async def wait_for_report(self, source: str, report: str) -> None:
        """Wait until a source is reported ``closed`` or ``lost``."""
        await self._until(lambda: report in self.reports(source))

    async def wait_for_messages(self, count: int, *sources: str) -> None:
        """Wait until each source has so many messages."""
        await self._until(lambda: all(len(self.messages(one)) >= count for one in sources))

    async def _until(self, met: Callable[[], bool]) -> None:
        try:
            async with asyncio.timeout(WAIT_MAX_S):
                while not met():
                    self._reported.clear()
                    await self._reported.wait()
        except TimeoutError:
            pytest.fail(f"only this was reported: {self._reports}")

    async def _show(self, _: Request) -> Response:
        return HTMLResponse('<!doctype html><script type="module" src="page.mjs"></script>')

    async def _script(self, _: Request) -> Response:
        return FileResponse(SCRIPT, media_type="text/javascript")

    async def _take(self, request: Request) -> Response:
        self._reports.append(await request.json())
        self._reported.set()
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
    """A page of this origin in a browser of its own, whose profile is in ``profile``."""
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
