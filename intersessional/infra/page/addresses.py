"""What the addresses of screens ask."""

from dataclasses import dataclass

from cachetools import LRUCache
from starlette.requests import Request

from intersessional.graphql.execution.coerced_operation import CoercedOperation
from intersessional.infra.connections.graphql_services import GraphQLServices
from intersessional.infra.connections.sender import Sender
from intersessional.infra.page.answers import coerced
from intersessional.infra.page.compose import ComposedScreen
from intersessional.infra.page.variables import address_of, screen_variables

ADDRESSES_MAX = 2_048
CHARACTERS_MAX = 512
"""A longer address is read each time."""


@dataclass(frozen=True, slots=True)
class AskedScreen:
    """What one address asks: the same for everyone."""

    address: str
    """The address, without the parameters that its screen does not have."""
    operation: CoercedOperation | None
    """The query; None for a screen that asks nothing."""


class Addresses:
    """Reads addresses, and remembers what they ask (least recently used)."""

    def __init__(self, services: GraphQLServices) -> None:
        self._services = services
        self._asked: LRUCache[tuple[str, bytes], AskedScreen] = LRUCache(ADDRESSES_MAX)

    async def read(self, request: Request, screen: ComposedScreen, sender: Sender) -> AskedScreen:
        """What the address of a request asks of its screen. Raises what the API raises."""
        key = request.scope["path"], request.scope["query_string"]
        asked = self._asked.get(key)
        if asked is None:
            asked = await self._read(request, screen, sender)
            if sum(map(len, key)) <= CHARACTERS_MAX:
                self._asked[key] = asked
        return asked

    async def _read(self, request: Request, screen: ComposedScreen, sender: Sender) -> AskedScreen:
        document, address = screen.document, address_of(screen.document, request)
        if document is None:
            return AskedScreen(address, None)
        variables = screen_variables(document.operation, request.path_params, request.query_params)
        return AskedScreen(address, await coerced(self._services, document, variables, sender))
