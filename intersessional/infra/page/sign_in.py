"""Signing in: with the issuer, out to it and back with a code; in development as anyone."""

from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from intersessional.answer_counts import sign_ins
from intersessional.graphql.execution import points
from intersessional.infra.auth import (
    ROLE_NAMES,
    IssuerUnavailable,
    SignInRefused,
    development_sign_in,
)
from intersessional.infra.auth.oidc.authorization_code import LIFETIME, AuthorizationCodeFlow
from intersessional.infra.connections.own_origin import own_origin
from intersessional.infra.connections.sender import Sender
from intersessional.infra.page.cookies import HostCookie, are_stored
from intersessional.infra.page.errors import RETRY, ScreenError
from intersessional.infra.page.form_fields import form_fields
from intersessional.infra.page.local_path import local_path
from intersessional.infra.page.page_route import PageRoute
from intersessional.infra.page.screens import ScreenRenderer
from intersessional.infra.page.session import begin_session, principal_of, sender_of
from intersessional.infra.page.variables import NEXT

PATH = "/sign-in"
ISSUER_PATH = "/sign-in/issuer"
CALLBACK_PATH = "/sign-in/callback"
REGISTRATION_PATH = "/me"

TRANSACTION = HostCookie("sign-in", LIFETIME)

_SEE_OTHER = 303


class SignIn:
    """The addresses at which a person signs in."""

    def __init__(self, screens: ScreenRenderer) -> None:
        self._screens = screens
        self._services = screens.services

    def routes(self) -> list[PageRoute]:
        """The addresses."""
        return [
            PageRoute(PATH, self.show),
            PageRoute(PATH, self.be_anyone, method="POST"),
            PageRoute(ISSUER_PATH, self.go),
            PageRoute(CALLBACK_PATH, self.come_back),
        ]

    async def show(self, request: Request) -> Response:
        """The ways to sign in."""
        await sender_of(request, self._services)
        return self.ways(request, 200)

    async def go(self, request: Request) -> Response:
        """Send the browser to the issuer."""
        await sender_of(request, self._services)
        try:
            begun = await self._flow().begin(
                self._redirect_uri(request), local_path(request.query_params.get("next"))
            )
        except IssuerUnavailable as error:
            return self._unavailable(request, error)
        response = RedirectResponse(begun.url, _SEE_OTHER)
        TRANSACTION.set(request, response, begun.transaction, self._services.settings)
        return response

    async def come_back(self, request: Request) -> Response:
        """Take a browser in that the issuer has sent back."""
        sender = await sender_of(request, self._services)
        sender.account.charge(points.MUTATION)
        settings = self._services.settings
        transaction = TRANSACTION.read(request, settings)
        try:
            person, path = await self._flow().finish(
                self._redirect_uri(request), request.query_params, transaction
            )
            response = await self.signed_in(request, person, path)
        except IssuerUnavailable as error:
            response = self._unavailable(request, error)
        except SignInRefused as error:
            response = self.ways(request, 400, error)
        TRANSACTION.clear(request, response, settings)
        return response

    async def be_anyone(self, request: Request) -> Response:
        """Sign a person in with a role and a name: in development, else there is nothing."""
        if self._services.authenticator.development is None:
            raise ScreenError.absent()
        sender = await sender_of(request, self._services)
        sender.account.charge(points.MUTATION)
        fields = await form_fields(request)
        role, name, onward = (fields.get(each, [""])[0] for each in ("role", "name", NEXT))
        path = local_path(onward)
        try:
            person, position = await development_sign_in(self._services.authenticator, role, name)
        except SignInRefused as error:
            return self.ways(request, 400, error, next=path)
        await self._services.hub.context.wait_for_views(position)
        return await self.signed_in(request, person, path)

    async def signed_in(self, request: Request, person: UUID, path: str) -> Response:
        """Begin a session in the browser, in place of another one, and go on."""
        authenticator = self._services.authenticator
        await authenticator.end_session(principal_of(request, self._services))
        session = authenticator.sessions.sign(person)
        principal = authenticator.authenticate_session(session.text)
        account = self._services.limits.account(person, None)
        if not await self._screens.is_registered(Sender(principal, account)):
            path = f"{REGISTRATION_PATH}?{urlencode({'next': path})}"
        response = RedirectResponse(path, _SEE_OTHER)
        begin_session(request, response, session, self._services)
        sign_ins["done"] += 1
        return response

    def ways(
        self,
        request: Request,
        status: int,
        problem: IssuerUnavailable | SignInRefused | None = None,
        **variables: Any,
    ) -> Response:
        """The ways to sign in, after a problem perhaps."""
        authenticator = self._services.authenticator
        if problem is not None:
            sign_ins["refused" if isinstance(problem, SignInRefused) else "unavailable"] += 1
        flow = authenticator.sign_in
        variables |= {
            "issuer": urlsplit(flow.issuer).hostname if flow else None,
            "roles": ROLE_NAMES if authenticator.development else (),
            "needs_https": authenticator.development is not None and not are_stored(request),
            "problem": problem and {"code": problem.code, "message": str(problem)},
        }
        return self._screens.show(request, "core/sign_in.html", status, variables)

    def _unavailable(self, request: Request, error: IssuerUnavailable) -> Response:
        response = self.ways(request, 503, error)
        response.headers.update(RETRY)
        return response

    def _flow(self) -> AuthorizationCodeFlow:
        flow = self._services.authenticator.sign_in
        if flow is None:
            raise ScreenError.absent()
        return flow

    def _redirect_uri(self, request: Request) -> str:
        origin = self._services.settings.public_origin or own_origin(request)
        return origin + CALLBACK_PATH
