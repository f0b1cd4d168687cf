"""The person who looks at a page."""

from starlette.requests import Request

from intersessional.graphql.execution import points
from intersessional.infra.auth import Principal
from intersessional.infra.connections.client_address import limit_key_of
from intersessional.infra.connections.graphql_services import GraphQLServices
from intersessional.infra.connections.sender import Sender


async def sender_of(request: Request, services: GraphQLServices) -> Sender:
    """Who sends a request, charged for it. Raises RateLimited."""
    account = services.limits.account(None, limit_key_of(request.scope))
    account.charge(points.REQUEST)
    return Sender(Principal(), account)
