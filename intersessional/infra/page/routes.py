"""The routes of the page."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from intersessional.infra.accept import Accept
from intersessional.infra.page.compose import ComposedScreen
from intersessional.infra.page.screens import ScreenRenderer


def page_routes(screens: ScreenRenderer) -> list[Route]:
    """A route for each screen, and that of the assets."""
    page = screens.page
    return [
        *(Route(one.screen.path, _endpoint(screens, one)) for one in page.screens),
        *page.assets.routes(),
    ]


def is_browser(request: Request) -> bool:
    """Whether a request is a browser's for a page: it names HTML, and prefers it to JSON."""
    accept = Accept.from_headers(request.headers)
    return (
        accept.names("text/html") and accept.best(("text/html", "application/json")) == "text/html"
    )


def _endpoint(
    screens: ScreenRenderer, screen: ComposedScreen
) -> Callable[[Request], Awaitable[Response]]:
    async def respond(request: Request) -> Response:
        return await screens.respond(request, screen)

    return respond
