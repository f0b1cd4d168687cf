"""A browser with cookies, of which a test reads and forges every one."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from http.cookies import SimpleCookie

import httpx

from tests.graphql.server import Server
from tests.page.browser import browser

OWN = {"Sec-Fetch-Site": "same-origin"}
"""What a browser sends with a form of the page itself."""

NO_FIELDS: Mapping[str, str] = {}
Headers = Mapping[str, str]


class Visitor:
    """A browser that holds cookies as they are, whatever the connection."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http
        self.cookies: dict[str, str] = {}

    async def get(self, path: str, headers: Headers | None = None) -> httpx.Response:
        """The answer to a link that was followed."""
        return await self._send("GET", path, headers or {})

    async def post(
        self, path: str, form: Mapping[str, str] = NO_FIELDS, headers: Headers | None = None
    ) -> httpx.Response:
        """The answer to a form of the page itself, unless its headers say something else."""
        return await self._send("POST", path, OWN if headers is None else headers, dict(form))

    async def upload(self, path: str, field: str, content: bytes) -> httpx.Response:
        """The answer to a form of the page itself with a file."""
        return await self._send("POST", path, OWN, files={field: ("file.yaml", content)})

    async def post_parts(self, path: str, form: Mapping[str, str]) -> httpx.Response:
        """The answer to a form of the page itself that is sent as multipart, without a file."""
        parts = {name: (None, value.encode()) for name, value in form.items()}
        return await self._send("POST", path, OWN, files=parts)

    async def is_signed_in(self) -> bool:
        """Whether the page is another one than for anonymous readers."""
        anonymous = await self.http.get("/keys")
        return (await self.get("/keys")).headers["etag"] != anonymous.headers["etag"]

    async def _send(
        self,
        method: str,
        path: str,
        headers: Headers,
        form: dict[str, str] | None = None,
        files: Mapping[str, tuple[str | None, bytes]] | None = None,
    ) -> httpx.Response:
        sent = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {**headers, **({"Cookie": sent} if sent else {})}
        response = await self.http.request(method, path, headers=headers, data=form, files=files)
        for cookie in set_cookies(response).values():
            if cookie["max-age"] == "0":
                self.cookies.pop(cookie.key, None)
            else:
                self.cookies[cookie.key] = cookie.value
        self.http.cookies.clear()
        return response


def set_cookies(response: httpx.Response) -> SimpleCookie:
    """The cookies that a response sets, with their attributes."""
    cookies = SimpleCookie()
    for header in response.headers.get_list("set-cookie"):
        cookies.load(header)
    return cookies


@asynccontextmanager
async def visiting(server: Server) -> AsyncGenerator[Visitor]:
    """A visitor of a node."""
    async with browser(server) as http:
        yield Visitor(http)
