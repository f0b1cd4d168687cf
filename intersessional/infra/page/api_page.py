"""The page about the API: how to ask it, and the documents of the page."""

from starlette.requests import Request
from starlette.responses import Response

from intersessional.infra.connections.own_origin import own_origin
from intersessional.infra.page.screens import ScreenRenderer

_FIRST = "core/home.graphql"


def api_page(screens: ScreenRenderer, request: Request) -> Response:
    """The page."""
    documents = sorted(
        screens.page.documents.values(), key=lambda one: (one.name != _FIRST, one.name)
    )
    variables = {"address": f"{own_origin(request)}/graphql", "documents": documents}
    return screens.show(request, "core/api.html", 200, variables)
