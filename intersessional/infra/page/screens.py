"""Screens: a query in process, and a template that shows the answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from starlette.datastructures import QueryParams
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from intersessional.infra.connections.graphql_services import GraphQLServices
from intersessional.infra.connections.sender import Sender
from intersessional.infra.page.compose import VIEWER, ComposedPage, ComposedScreen
from intersessional.infra.page.documents import PageDocument
from intersessional.infra.page.errors import ScreenError
from intersessional.infra.page.languages import translations_for
from intersessional.infra.page.session import sender_of
from intersessional.infra.page.variables import as_of, screen_variables


@dataclass(frozen=True, slots=True)
class ScreenRenderer:
    """Shows screens, and errors as screens."""

    page: ComposedPage
    services: GraphQLServices

    async def respond(self, request: Request, screen: ComposedScreen) -> Response:
        """The screen at the address of a request, or an error."""
        try:
            return await self._screen(request, screen)
        except ClientDisconnect:
            return Response(status_code=400)
        except Exception as error:  # noqa: BLE001  It is logged.
            return self.error(request, ScreenError.from_error(error))

    def error(self, request: Request, error: ScreenError) -> Response:
        """The screen that shows an error."""
        context = {
            **_static(request),
            "status": error.status,
            "code": error.code,
            "message": str(error),
        }
        html = self.page.templates.render("core/error.html", translations_for(request), context)
        headers = {**self.page.headers, "Cache-Control": "no-store", **error.headers}
        return Response(html, error.status, headers)

    async def _screen(self, request: Request, screen: ComposedScreen) -> Response:
        sender = await sender_of(request, self.services)
        answer: dict[str, Any] = {"data": {}}
        variables: dict[str, Any] = {}
        if screen.document is not None:
            variables = screen_variables(
                screen.document.operation, request.path_params, request.query_params
            )
            answer = await self._ask(screen.document, variables, sender)
        if request.path_params and _is_absent(answer["data"]):
            raise ScreenError.absent()
        context = {
            **_static(request),
            "data": answer["data"],
            "position": answer.get("extensions", {}).get("position"),
            "epoch": answer.get("extensions", {}).get("epoch"),
            "viewer": await self._viewer(sender),
            "live": _live(screen, request.path_params),
        }
        html = self.page.templates.render(screen.template, translations_for(request), context)
        return Response(html, headers=self.page.headers)

    async def _viewer(self, sender: Sender) -> Any:
        if sender.caller.person is None:
            return None
        answer = await self._ask(self.page.documents[VIEWER], {}, sender)
        return answer["data"]["viewer"]

    async def _ask(
        self, document: PageDocument, variables: Mapping[str, Any], sender: Sender
    ) -> dict[str, Any]:
        """The answer of the API. Raises ScreenError, and what the API raises."""
        persisted = {"persistedQuery": {"version": 1, "sha256Hash": document.sha256}}
        prepared = await self.services.find_document(None, persisted, sender.account)
        operation = self.services.coerce(prepared, None, variables, sender.caller)
        answer: dict[str, Any] = orjson.loads(await self.services.execute(operation, sender))
        for error in answer.get("errors", ()):
            raise ScreenError.of_code(error["extensions"]["code"], error["message"])
        return answer


def _static(request: Request) -> dict[str, Any]:
    """The variables that also screens have which ask nothing."""
    url = request.url
    return {
        "as_of": as_of(request.query_params),
        "data": {},
        "epoch": None,
        "live": [],
        "position": None,
        "refusal": None,
        "url": f"{url.path}?{url.query}" if url.query else url.path,
        "viewer": None,
    }


def _is_absent(data: Mapping[str, Any]) -> bool:
    """Whether the first field is null: the screen is of what it names."""
    return next(iter(data.values()), None) is None


def _live(screen: ComposedScreen, path: Mapping[str, str]) -> list[dict[str, Any]]:
    """The subscriptions of a screen, by hash, with the variables that its address gives."""
    return [
        {
            "name": document.name,
            "sha256": document.sha256,
            "variables": screen_variables(document.operation, path, QueryParams()),
        }
        for document in screen.live
    ]
