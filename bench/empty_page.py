"""A Starlette app with an empty page, and with one that has a text and nothing else.

It prints `ready` and its address; the text is read from standard input.
"""

import sys

import uvloop
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from bench.servers import unlimited
from intersessional.infra.http.server.listener import listen, url_of
from intersessional.infra.http.server.server import serve

HEAD = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Text</title>'


async def main(text: str) -> None:
    """Serve both until SIGTERM."""

    async def empty(_: Request) -> HTMLResponse:
        return HTMLResponse(HEAD)

    async def with_text(_: Request) -> HTMLResponse:
        return HTMLResponse(HEAD + text)

    app = Starlette(routes=[Route("/", empty), Route("/text", with_text)])
    with listen("127.0.0.1", 0) as listener:
        url = url_of(listener)
        await serve(app, listener, unlimited(), ready=lambda: print(f"ready {url}", flush=True))


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1]))
