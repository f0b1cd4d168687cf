"""Screens: a query in process, and a template that shows the answer."""

from collections.abc import Mapping
from typing import Any

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from intersessional.graphql.execution import points
from intersessional.infra.connections.graphql_services import GraphQLServices
from intersessional.infra.connections.sender import Sender
from intersessional.infra.page.answers import ScreenAnswer, ask
from intersessional.infra.page.compose import VIEWER, ComposedPage, ComposedScreen
from intersessional.infra.page.errors import ScreenError
from intersessional.infra.page.languages import Language, keep_language, language_of
from intersessional.infra.page.rendered_pages import RenderedPage, RenderedPages, digest_of
from intersessional.infra.page.session import sender_of
from intersessional.infra.page.variables import (
    address_of,
    as_of,
    needed_variables,
    screen_variables,
)


class ScreenRenderer:
    """Shows screens, and errors as screens."""

    def __init__(self, page: ComposedPage, services: GraphQLServices) -> None:
        self.page = page
        self.services = services
        self.rendered = RenderedPages(services.queries)

    async def respond(self, request: Request, screen: ComposedScreen) -> Response:
        """The screen at the address of a request. Raises ScreenError, and what the API raises."""
        return await self._respond(request, screen)

    def error(self, request: Request, error: ScreenError) -> Response:
        """The screen that shows an error."""
        shown = {"status": error.status, "code": error.code, "message": str(error)}
        response = self.show(request, "core/error.html", error.status, shown)
        response.headers.update(error.headers)
        return response

    def show(
        self, request: Request, template: str, status: int, variables: Mapping[str, Any]
    ) -> Response:
        """A page that asks nothing, is kept nowhere, and has variables of its own."""
        context = {**_context(request, request.url.path), **variables}
        html = self.page.templates.render(template, language_of(request), context)
        response = RenderedPage.of(html).response(request, status)
        response.headers.update({**self.page.headers, "Cache-Control": "no-store"})
        keep_language(request, response)
        return response

    async def is_registered(self, sender: Sender) -> bool:
        """Whether a person who has signed in is a participant; so too while that is not known."""
        try:
            viewer = await self._viewer(sender)
        except ScreenError:
            return True
        return viewer is not None and viewer.data["viewer"]["participant"] is not None

    async def _respond(self, request: Request, screen: ComposedScreen) -> Response:
        sender = await sender_of(request, self.services)
        answer = await self._answer(request, screen, sender)
        viewer = await self._viewer(sender)
        language = language_of(request)
        etag = self._etag(answer, viewer, language)
        if etag in request.headers.get("if-none-match", ""):
            response = Response(status_code=304)
        else:
            page = self._page(request, screen, answer, viewer, language, sender)
            response = page.response(request)
        response.headers.update(self.page.headers)
        response.headers["ETag"] = etag
        keep_language(request, response)
        return response

    async def _answer(
        self, request: Request, screen: ComposedScreen, sender: Sender
    ) -> ScreenAnswer | None:
        """The answer to the query of a screen; None where it asks nothing."""
        if screen.document is None:
            return None
        variables = screen_variables(
            screen.document.operation, request.path_params, request.query_params
        )
        return await ask(self.services, screen.document, variables, sender)

    async def _viewer(self, sender: Sender) -> ScreenAnswer | None:
        if sender.caller.person is None:
            return None
        return await ask(self.services, self.page.documents[VIEWER], {}, sender)

    def _etag(
        self, answer: ScreenAnswer | None, viewer: ScreenAnswer | None, language: Language
    ) -> str:
        """The entity tag: what is shown, but not the position, which the browser counts from.

        With the epoch: a page of another one would resume from positions that are lost.
        """
        digest = digest_of(
            self.page.digest,
            language.tag,
            answer.data_bytes if answer else b"",
            answer.epoch if answer else "",
            viewer.data_bytes if viewer else b"",
        )
        return f'W/"{digest.hex()[:32]}"'

    def _page(
        self,
        request: Request,
        screen: ComposedScreen,
        answer: ScreenAnswer | None,
        viewer: ScreenAnswer | None,
        language: Language,
        sender: Sender,
    ) -> RenderedPage:
        address = address_of(screen.document, request)
        key = digest_of(
            screen.template,
            address,
            language.tag,
            answer.body if answer else b"",
            viewer.data_bytes if viewer else b"",
        )
        page = self.rendered.get(key)
        if page is None:
            context = {
                **_context(request, address),
                "live": _live(screen, request.path_params),
                "path": request.path_params,
            }
            if viewer is not None:
                context["viewer"] = viewer.data["viewer"]
            if answer is not None:
                data = answer.data
                if request.path_params and next(iter(data.values()), None) is None:
                    raise ScreenError.absent()
                context |= {"data": data, "position": answer.position, "epoch": answer.epoch}
            html = self.page.templates.render(screen.template, language, context)
            page = RenderedPage.of(html)
            sender.account.charge_done(points.of_rendering(len(html)))
            self.rendered.put(key, page)
        return page


def _context(request: Request, address: str) -> dict[str, Any]:
    """The variables that also screens have which ask nothing."""
    return {
        "as_of": as_of(request.query_params),
        "data": {},
        "epoch": None,
        "live": [],
        "position": None,
        "refusal": None,
        "url": address,
        "viewer": None,
    }


def _live(screen: ComposedScreen, path: Mapping[str, str]) -> list[dict[str, Any]]:
    """The subscriptions of a screen, by hash, with the variables that its address gives.

    The page gives the others, which are named with their types: ``data-live-<name>`` in a template.
    """
    return [
        {
            "name": document.name,
            "sha256": document.sha256,
            "variables": screen_variables(document.operation, path, QueryParams()),
            "needs": needed_variables(document.operation, path),
        }
        for document in screen.live
    ]
