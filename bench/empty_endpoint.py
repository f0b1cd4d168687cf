"""An empty Starlette endpoint that answers JSON, served as the record is served.

It prints `ready` and its address, as `intersessional serve` does.
"""

import uvloop
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bench.servers import unlimited
from intersessional.infra.http.server.listener import listen, url_of
from intersessional.infra.http.server.server import serve


async def empty(_: Request) -> JSONResponse:
    """Answer nothing, in JSON."""
    return JSONResponse({})


async def main() -> None:
    """Serve it until SIGTERM."""
    app = Starlette(routes=[Route("/graphql", empty, methods=["POST"])])
    with listen("127.0.0.1", 0) as listener:
        url = url_of(listener)
        await serve(app, listener, unlimited(), ready=lambda: print(f"ready {url}", flush=True))


if __name__ == "__main__":
    uvloop.run(main())
