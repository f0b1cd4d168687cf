"""The person who looks at a page: a session token in a cookie, which only the page reads."""

from starlette.requests import Request
from starlette.responses import Response

from intersessional.graphql.execution import points
from intersessional.infra.auth import InvalidToken, Principal, SessionToken
from intersessional.infra.auth.session_issuer import LIFETIME
from intersessional.infra.connections.client_address import limit_key_of
from intersessional.infra.connections.graphql_services import GraphQLServices
from intersessional.infra.connections.sender import Sender
from intersessional.infra.page.cookies import HostCookie
from intersessional.infra.rate_limits.request_limits import Account

SESSION = HostCookie("session", LIFETIME)
_PRINCIPAL = "intersessional.principal"
"""The key in the scope of a request; its ``state`` takes ten times as long."""


async def sender_of(request: Request, services: GraphQLServices) -> Sender:
    """Who sends a request, charged for it. Raises RateLimited.

    Nobody where the session has expired, was revoked, or was never begun here.
    """
    account = account_of(request, services)
    account.charge(points.REQUEST)
    return Sender(principal_of(request, services), account)


def account_of(request: Request, services: GraphQLServices) -> Account:
    """What pays for a request."""
    person = principal_of(request, services).caller.person
    return services.limits.account(person, limit_key_of(request.scope))


def principal_of(request: Request, services: GraphQLServices) -> Principal:
    """Who has signed in, and the token that proves it; verified once for a request."""
    principal: Principal | None = request.scope.get(_PRINCIPAL)
    if principal is None:
        principal = request.scope[_PRINCIPAL] = _verified(request, services)
    return principal


def begin_session(
    request: Request, response: Response, session: SessionToken, services: GraphQLServices
) -> None:
    """Sign the browser in."""
    request.scope[_PRINCIPAL] = services.authenticator.authenticate_session(session.text)
    SESSION.set(request, response, session.text, services.settings)


def clear_ended_session(request: Request, response: Response, services: GraphQLServices) -> None:
    """Let the browser forget a session that is none any more."""
    has_cookie = SESSION.is_present(request, services.settings)
    if has_cookie and principal_of(request, services).caller.person is None:
        SESSION.clear(request, response, services.settings)


def _verified(request: Request, services: GraphQLServices) -> Principal:
    token = SESSION.read(request, services.settings)
    if token is None:
        return Principal()
    try:
        return services.authenticator.authenticate_session(token)
    except InvalidToken:
        return Principal()
