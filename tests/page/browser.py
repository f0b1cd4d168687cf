"""A client with the headers of a browser, that follows no redirects."""

import httpx

from tests.graphql.client import plain_http
from tests.graphql.server import Server

ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def browser(server: Server) -> httpx.AsyncClient:
    """A browser at the address of a node."""
    client = plain_http({"Accept": ACCEPT, "Accept-Language": "en"})
    client.base_url = httpx.URL(server.url).copy_with(path="/")
    return client
