"""The ASGI application."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import partial

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute

from intersessional.infra.backend import Backend
from intersessional.infra.execution.library import open_library
from intersessional.infra.execution.requests import execute
from intersessional.infra.live.event_streams import EventStreams
from intersessional.infra.live.groups import Groups
from intersessional.infra.live.guests import Guests
from intersessional.infra.live.host import Host
from intersessional.infra.live.plan import Plans
from intersessional.infra.live.room import LiveRoom
from intersessional.infra.live.sessions import Sessions
from intersessional.infra.live.sockets import Sockets
from intersessional.infra.results.changes import Changes
from intersessional.infra.results.results import Results
from intersessional.infra.results.together import Together
from intersessional.infra.supervised import supervised
from intersessional.infra.tasks import Tasks
from intersessional.infra.web.answers import answer_error
from intersessional.infra.web.body import BodyLimit
from intersessional.infra.web.http import HttpEndpoint
from intersessional.infra.web.safe_headers import SafeHeaders
from intersessional.infra.web.sockets import SocketEndpoint


@asynccontextmanager
async def open_app(backend: Backend) -> AsyncGenerator[Starlette]:
    """The application over a running backend, with its live room.

    Its ``state.drain`` sends everyone who watches elsewhere, for a server that is about to end;
    its ``state.sessions`` are what is open.
    """
    library = open_library(backend.schema, backend.settings)
    sessions = Sessions(
        backend.identity.revocations,
        backend.clock,
        open_max=backend.settings.sockets_max,
        person_max=backend.settings.person_sockets_max,
    )
    async with (
        _results(backend) as results,
        Groups(groups_max=backend.settings.operations_max) as groups,
    ):
        room = LiveRoom(
            schema=backend.schema,
            plans=Plans(backend.schema),
            groups=groups,
            feed=backend.feed,
            context=backend.context(),
        )
        host = Host(
            room=room,
            sessions=sessions,
            identity=backend.identity,
            find_document=library.find,
            execute=results.answer,
            settings=backend.settings,
        )
        guests = Guests(
            lambda: backend.feed.position, heartbeat_s=backend.settings.heartbeat_seconds
        )
        with backend.identity.revocations.telling(sessions.end_revoked):
            async with guests:
                app = _app(
                    backend,
                    host,
                    HttpEndpoint(host, EventStreams(guests, sessions)),
                    SocketEndpoint(Sockets(host, guests), backend.settings.origins),
                )
                app.state.drain = guests.drain
                app.state.sessions = sessions
                yield app


@asynccontextmanager
async def _results(backend: Backend) -> AsyncGenerator[Results]:
    changes = Changes(backend.composition.views, backend.feed.position)
    async with Tasks() as tasks:
        following = tasks.create_task(supervised("results", partial(changes.follow, backend.feed)))
        yield Results(
            execute=partial(execute, backend.schema),
            shown=Together(backend.reader.shown),
            changes=changes,
        )
        following.cancel()


def _app(backend: Backend, host: Host, http: HttpEndpoint, sockets: SocketEndpoint) -> Starlette:
    async def health(_: Request) -> Response:
        """Whether the record can be read and every view moves on; how much goes on here."""
        position = await backend.record.head()
        heads = await backend.reader.heads()
        stopped = sorted({head.view for head in heads if not head.moves})
        body = {
            "status": "stopped views" if stopped else "ok",
            "headPosition": position,
            "viewPosition": await backend.reader.position(),
            "stoppedViews": stopped,
            "open": len(host.sessions),
            "watched": len(host.room.groups),
        }
        return JSONResponse(body, status_code=503 if stopped else 200)

    async def not_found(_: Request, __: Exception) -> Response:
        return answer_error(404, "NOT_FOUND", "The API is at /graphql, the health at /health.")

    return Starlette(
        routes=[
            Route("/graphql", http),
            WebSocketRoute("/graphql", sockets),
            Route("/health", health),
        ],
        middleware=[
            Middleware(SafeHeaders),
            Middleware(BodyLimit, bytes_max=backend.settings.body_bytes_max),
        ],
        exception_handlers={404: not_found},
    )
