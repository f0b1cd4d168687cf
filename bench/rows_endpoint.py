"""A Starlette endpoint that answers 100 rows of a table in JSON, served as the record is served.

It prints `ready` and its address, as `intersessional serve` does.
"""

import os
from uuid import UUID

import asyncpg
import orjson
import uvloop
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.rows_table import TABLE
from bench.servers import unlimited
from intersessional.infra.http.server.listener import listen, url_of
from intersessional.infra.http.server.server import serve

_SELECT = f"SELECT * FROM {TABLE} WHERE draft = $1 ORDER BY position LIMIT 100"


def rows_endpoint(pool: asyncpg.Pool) -> Starlette:
    """The endpoint over a pool of connections; it takes our requests and answers our bytes."""

    async def answer(request: Request) -> Response:
        body = orjson.loads(await request.body())
        rows = await pool.fetch(_SELECT, UUID(body["variables"]["draft"]))
        nodes = [
            {
                "id": str(row["id"]),
                "position": row["position"],
                "postedAt": row["posted_at"],
                "revision": row["revision"],
                "channel": row["channel"],
                "stakeholderGroup": row["stakeholder_group"],
                "author": {"displayName": row["author"]},
                "body": row["body"],
            }
            for row in rows
        ]
        body = {"data": {"draft": {"comments": {"nodes": nodes}}}}
        content = orjson.dumps(body, option=orjson.OPT_UTC_Z)
        return Response(content, media_type="application/json")

    return Starlette(routes=[Route("/graphql", answer, methods=["POST"])])


async def main() -> None:
    """Serve it until SIGTERM."""
    async with asyncpg.create_pool(os.environ["DATABASE_URL"]) as pool:
        app = rows_endpoint(pool)
        with listen("127.0.0.1", 0) as listener:
            url = url_of(listener)
            await serve(app, listener, unlimited(), ready=lambda: print(f"ready {url}", flush=True))


if __name__ == "__main__":
    uvloop.run(main())
