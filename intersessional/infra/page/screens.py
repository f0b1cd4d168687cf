"""Screens: a query in process, and a template that shows the answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import orjson
from starlette.requests import Request
from starlette.responses import Response

from intersessional.graphql.execution import points
from intersessional.infra.connections.graphql_services import GraphQLServices
from intersessional.infra.connections.sender import Sender
from intersessional.infra.page.addresses import Addresses
from intersessional.infra.page.answers import NO_ANSWER, ScreenAnswer, ask, coerced
from intersessional.infra.page.compose import VIEWER, ComposedPage, ComposedScreen
from intersessional.infra.page.errors import ScreenError
from intersessional.infra.page.headers import KEPT, NOT_KEPT
from intersessional.infra.page.languages import Language, keep_language, language_of
from intersessional.infra.page.page_response import PageResponse
from intersessional.infra.page.rendered_pages import (
    RenderedPage,
    RenderedPages,
    compressed,
    etag_of,
)
from intersessional.infra.page.sent_form import SentForm
from intersessional.infra.page.session import account_of, sender_of
from intersessional.infra.page.template_context import context_of, live_documents
from intersessional.infra.page.variables import as_of, occurred_day, screen_variables

_ERROR = "core/error.html"
_SHOWN = 200
_REFUSED = 422


@dataclass(frozen=True, slots=True)
class ShownAgain:
    """What the screen of a form that was sent shows now."""

    request: Request
    screen: ComposedScreen
    path: str
    sender: Sender
    answer: ScreenAnswer
    viewer: ScreenAnswer
    own: ScreenAnswer


class ScreenRenderer:
    """Shows screens, and errors as screens."""

    def __init__(self, page: ComposedPage, services: GraphQLServices) -> None:
        self.page = page
        self.services = services
        self.rendered = RenderedPages(services.queries)
        self._addresses = Addresses(services)
        self._not_kept = (*page.headers, NOT_KEPT)

    async def respond(self, request: Request, screen: ComposedScreen) -> Response:
        """The screen at the address of a request. Raises ScreenError, and what the API raises."""
        sender = await sender_of(request, self.services)
        asked = await self._addresses.read(request, screen, sender)
        answer = await ask(self.services, asked.operation, sender) if asked.operation else NO_ANSWER
        viewer = await self._viewer(sender)
        own = await self._own(request, screen, sender)
        language = language_of(request)
        personal = viewer.data_bytes + own.data_bytes
        key = (screen.template, asked.address, language.tag, answer.body, personal)
        kept = self.rendered.get(key)
        etag = kept.etag if kept else self._etag(answer, personal, language)
        headers = (*self.page.headers, KEPT, (b"etag", etag.encode()))
        if etag in request.headers.get("if-none-match", ""):
            return PageResponse(request, sender.account, b"", headers, 304)
        if kept is None:
            html = self._html(request, screen, asked.address, answer, viewer, own, language)
            sender.account.charge_done(points.of_rendering(len(html)))
            kept = RenderedPage(etag, compressed(html))
            self.rendered.put(key, kept)
        response = PageResponse(request, sender.account, kept.compressed, headers)
        keep_language(request, response)
        return response

    def error(self, request: Request, error: ScreenError) -> Response:
        """The screen that shows an error: without its address, so that it is made once."""
        language = language_of(request)
        day = occurred_day(request.query_params) if error.code == "BAD_AS_OF" else ""
        shown = {
            "status": error.status,
            "code": error.code,
            "message": str(error),
            "day": day,
            "is_read": request.method != "POST",
        }
        content = orjson.dumps(shown)
        key = (_ERROR, "", language.tag, content, b"")
        kept = self.rendered.get(key)
        if kept is None:
            kept = RenderedPage("", self._shown(request, _ERROR, "", language, shown))
            self.rendered.put(key, kept)
        account = account_of(request, self.services)
        response = PageResponse(request, account, kept.compressed, self._not_kept, error.status)
        response.headers.update(error.headers)
        keep_language(request, response)
        return response

    def unsent(
        self, request: Request, error: ScreenError, sent: SentForm, *, has_file: bool
    ) -> Response:
        """An error with the fields of the form that met it, to be sent again as they are."""
        typed = {name: sent.fields[name] for name in sent.fields if name not in request.path_params}
        shown = {
            "status": error.status,
            "code": error.code,
            "message": str(error),
            "form": request.url.path,
            "typed": typed,
            "has_file": has_file,
            "is_read": False,
        }
        response = self.show(request, _ERROR, error.status, shown)
        response.headers.update(error.headers)
        return response

    def show(
        self, request: Request, template: str, status: int, variables: Mapping[str, Any]
    ) -> Response:
        """A page that asks nothing, is kept nowhere, and has variables of its own."""
        language, path = language_of(request), request.url.path
        page = self._shown(request, template, path, language, variables)
        account = account_of(request, self.services)
        response = PageResponse(request, account, page, self._not_kept, status)
        keep_language(request, response)
        return response

    def _shown(
        self,
        request: Request,
        template: str,
        address: str,
        language: Language,
        variables: Mapping[str, Any],
    ) -> bytes:
        """A page that asks nothing, compressed; its sender has paid for it."""
        context = {**context_of(request, address), **variables}
        html = self.page.templates.render(template, language, context)
        account_of(request, self.services).charge_done(points.of_rendering(len(html)))
        return compressed(html)

    async def again(self, request: Request, screen: ComposedScreen, address: str) -> ShownAgain:
        """The screen of a form that was sent, as it is now. Raises what ``respond`` raises."""
        path = address.partition("#")[0]
        scope = {**request.scope, "method": "GET", "path": unquote(path), "query_string": b""}
        shown = Request({**scope, "path_params": screen.parameters(unquote(path))})
        sender = await sender_of(shown, self.services)
        asked = await self._addresses.read(shown, screen, sender)
        answer = await ask(self.services, asked.operation, sender) if asked.operation else NO_ANSWER
        viewer, own = await self._viewer(sender), await self._own(shown, screen, sender)
        return ShownAgain(shown, screen, path, sender, answer, viewer, own)

    def show_again(
        self,
        again: ShownAgain,
        *,
        refusal: Mapping[str, Any] | None = None,
        preview: Mapping[str, Any] | None = None,
    ) -> Response:
        """That screen with why its command was refused, or with what it would record."""
        language = language_of(again.request)
        html = self._html(
            again.request,
            again.screen,
            again.path,
            again.answer,
            again.viewer,
            again.own,
            language,
            refusal,
            preview,
        )
        again.sender.account.charge_done(points.of_rendering(len(html)))
        page, status = compressed(html), _SHOWN if refusal is None else _REFUSED
        return PageResponse(again.request, again.sender.account, page, self._not_kept, status)

    async def is_registered(self, sender: Sender) -> bool:
        """Whether a person who has signed in is a participant; so too while that is not known."""
        try:
            viewer = await self._viewer(sender)
        except ScreenError:
            return True
        return viewer.data.get("viewer", {}).get("participant") is not None

    async def _viewer(self, sender: Sender) -> ScreenAnswer:
        if sender.caller.person is None:
            return NO_ANSWER
        document = self.page.documents[VIEWER]
        return await ask(self.services, await coerced(self.services, document, {}, sender), sender)

    async def _own(self, request: Request, screen: ComposedScreen, sender: Sender) -> ScreenAnswer:
        """What a screen shows to this person alone; nothing in a past state."""
        document = screen.personal
        if document is None or sender.caller.person is None or as_of(request.query_params):
            return NO_ANSWER
        variables = screen_variables(document.operation, request.path_params, request.query_params)
        return await ask(
            self.services, await coerced(self.services, document, variables, sender), sender
        )

    def _etag(self, answer: ScreenAnswer, personal: bytes, language: Language) -> str:
        """The entity tag: of what is shown, but not of the position, from which scripts go on.

        With the epoch: a page of another one would go on from positions that may be lost.
        """
        return etag_of(
            self.page.digest,
            language.tag,
            answer.data_bytes,
            answer.epoch or "",
            personal,
        )

    def _html(
        self,
        request: Request,
        screen: ComposedScreen,
        address: str,
        answer: ScreenAnswer,
        viewer: ScreenAnswer,
        own: ScreenAnswer,
        language: Language,
        refusal: Mapping[str, Any] | None = None,
        preview: Mapping[str, Any] | None = None,
    ) -> str:
        data = answer.data
        if request.path_params and next(iter(data.values()), None) is None:
            raise ScreenError.absent()
        context = {
            **context_of(request, address),
            "as_of": as_of(request.query_params) if screen.has_past else None,
            "data": data,
            "epoch": answer.epoch,
            "live": live_documents(screen, request.path_params),
            "own": own.data,
            "path": request.path_params,
            "position": answer.position,
            "preview": preview,
            "refusal": refusal,
            "viewer": viewer.data.get("viewer"),
        }
        return self.page.templates.render(screen.template, language, context)
