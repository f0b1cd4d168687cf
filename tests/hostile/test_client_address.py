"""A client's address is not the client's word: only trusted proxies are believed."""

from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Subprotocol

from tests.graphql.server import Server, serving
from tests.graphql.socket import PROTOCOL
from tests.infra.http.http_requests import QUERY, ask

pytestmark = pytest.mark.asyncio(loop_scope="session")

OVER_HTTPS = {"X-Forwarded-Proto": "https"}


@pytest_asyncio.fixture(loop_scope="session")
async def behind_proxy(database: str) -> AsyncGenerator[Server]:
    """A node that trusts a proxy on this machine."""
    async with serving(database, INTERSESSIONAL_TRUSTED_PROXIES="127.0.0.1") as node:
        yield node


def https_origin(server: Server) -> str:
    """The origin of a page that the server's own address gave over https."""
    return server.url.replace("http://", "https://").removesuffix("/graphql")


async def open_socket_status(server: Server, origin: str) -> int:
    """The status with which a socket's handshake is answered."""
    try:
        async with connect(
            server.url.replace("http://", "ws://"),
            additional_headers={"Origin": origin, **OVER_HTTPS},
            subprotocols=[Subprotocol(PROTOCOL)],
        ) as socket:
            assert socket.response is not None
            return socket.response.status_code
    except InvalidStatus as refused:
        return refused.response.status_code


async def test_page_loaded_by_https_from_a_trusted_proxy_is_of_the_own_origin(
    behind_proxy: Server,
) -> None:
    headers = {"Origin": https_origin(behind_proxy)}

    over_https = await ask(behind_proxy, "POST", headers=headers | OVER_HTTPS, json=QUERY)
    over_http = await ask(behind_proxy, "POST", headers=headers, json=QUERY)

    assert (over_https.status_code, over_http.status_code) == (200, 403)
    assert await open_socket_status(behind_proxy, headers["Origin"]) == 101


async def test_scheme_that_an_untrusted_client_claims_is_ignored(server: Server) -> None:
    headers = {"Origin": https_origin(server)} | OVER_HTTPS

    assert (await ask(server, "POST", headers=headers, json=QUERY)).status_code == 403
    assert await open_socket_status(server, headers["Origin"]) == 403
