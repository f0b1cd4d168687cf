"""Signing out: the session ends on every node."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from intersessional.graphql.execution import points
from intersessional.infra.connections.graphql_services import GraphQLServices
from intersessional.infra.page.page_route import PageRoute
from intersessional.infra.page.session import SESSION, principal_of, sender_of

PATH = "/sign-out"

_FORGET = {"Clear-Site-Data": '"cache"'}
"""The browser forgets pages; what is not sent yet stays, for the person who wrote it."""


class SignOut:
    """The address at which a person signs out."""

    def __init__(self, services: GraphQLServices) -> None:
        self._services = services

    def routes(self) -> list[PageRoute]:
        """The address that takes the form."""
        return [PageRoute(PATH, self.end, method="POST")]

    async def end(self, request: Request) -> Response:
        """End the session of the browser, and let it forget the pages that it holds."""
        sender = await sender_of(request, self._services)
        sender.account.charge(points.MUTATION)
        principal = principal_of(request, self._services)
        await self._services.authenticator.end_session(principal)
        response = RedirectResponse("/", 303, _FORGET)
        SESSION.clear(request, response, self._services.settings)
        return response
