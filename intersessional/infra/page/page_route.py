"""An address of the page, with what holds for all of them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from intersessional.answer_counts import request_errors
from intersessional.infra.connections.body_sizes import RequestBodyTooLarge
from intersessional.infra.page.cross_site import is_from_elsewhere
from intersessional.infra.page.errors import ScreenError
from intersessional.infra.page.json_answers import accepts_json, json_error
from intersessional.infra.page.screens import ScreenRenderer
from intersessional.infra.page.session import clear_ended_session

QUERY_BYTES_MAX = 4_096
"""Parameters of a page's address; reading the many of a longer one takes milliseconds."""

_FAULTS = 500

Respond = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class PageRoute:
    """What answers at an address to a method."""

    path: str
    respond: Respond
    method: str = "GET"

    def route(self, screens: ScreenRenderer) -> Route:
        """The route: errors are screens or JSON, forms of other sites are refused, sessions end."""

        return Route(self.path, PageEndpoint(self.respond, screens), methods=[self.method])


@dataclass(frozen=True, slots=True)
class PageEndpoint:
    """The application of one address; Starlette's own wrapping of functions costs 10 µs more."""

    respond: Respond
    screens: ScreenRenderer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the response."""
        request = Request(scope, receive, send)
        response = await _respond(request, self.respond, self.screens)
        await response(scope, receive, send)


async def _respond(request: Request, respond: Respond, screens: ScreenRenderer) -> Response:
    services = screens.services
    if len(request.scope["query_string"]) > QUERY_BYTES_MAX:
        message = f"An address has at most {QUERY_BYTES_MAX} bytes after its question mark."
        request_errors["ADDRESS_TOO_LONG"] += 1
        return json_error(ScreenError(414, "ADDRESS_TOO_LONG", message))
    try:
        if is_from_elsewhere(request, services.settings.public_origin):
            raise ScreenError(403, "CROSS_SITE", "This form was sent by a page of another site.")
        response = await respond(request)
    except ClientDisconnect:
        return Response(status_code=400)
    except RequestBodyTooLarge:
        raise
    except Exception as error:  # noqa: BLE001  It is logged.
        shown = ScreenError.from_error(error)
        if shown is error and shown.__cause__ is None and shown.status < _FAULTS:
            # Others were counted where they were found.
            request_errors[shown.code] += 1
        is_script = accepts_json(request)
        response = json_error(shown) if is_script else screens.error(request, shown)
    if "cookie" in request.headers:
        clear_ended_session(request, response, services)
    return response
