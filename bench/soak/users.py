"""Users of a server, each of which does the same again and again."""

import asyncio
import json
import random
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin
from uuid import uuid4

import httpx
from websockets.exceptions import ConnectionClosed

from bench.dashboard import DASHBOARD
from bench.recorded_draft import RecordedDraft
from bench.soak.samples import Sampler
from tests.graphql.socket import open_socket

TEXT = "It would help to say who is meant to do this, and by when. "
LIVE = """subscription ($draft: ID!, $after: Position) {
    commentEvents(draft: $draft, after: $after) { position event { name } node { id body } } }"""
PAST = "subscription { auditTrail(after: 0) { position name data } }"
RECENT = """query ($draft: ID!, $first: Int!) {
    draft(id: $draft) { comments(first: $first) { nodes { id body } } }
    auditTrail(first: 5) { nodes { name } } }"""
POST = """mutation ($input: PostCommentInput!) { postComment(input: $input) { __typename
    ... on CommentPosted { position } ... on Refusal { code } } }"""

User = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class Users:
    """The users of one server; each method is one thing that a user does."""

    url: str
    record: RecordedDraft
    http: httpx.AsyncClient
    sampler: Sampler

    async def _ask(self, query: str, token: str | None = None, **variables: object) -> None:
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        started = time.perf_counter()
        body = {"query": query, "variables": variables}
        response = await self.http.post(self.url, json=body, headers=headers)
        self.sampler.answered(time.perf_counter() - started)
        if response.status_code != 200 or "errors" in response.json():
            print("unexpected:", response.status_code, response.text[:200])

    async def read_the_dashboard(self) -> None:
        """Ask the same as everyone."""
        await self._ask(DASHBOARD, draft=str(self.record.draft))
        await asyncio.sleep(0.05)

    async def read_pages(self) -> None:
        """Ask what nobody else asks."""
        draft = str(self.record.draft)
        await self._ask(RECENT, draft=draft, first=random.randint(1, 100))
        await asyncio.sleep(0.1)

    async def read_screens(self) -> None:
        """Read a screen, of now or of the past, as a browser does."""
        draft, year = self.record.draft, datetime.now(UTC).year
        screens = f"/drafts/{draft}", f"/cycles/{year}", f"/why/{draft}", "/record", "/"
        past = random.choice(("", f"?asOf={random.randint(1, 100)}"))
        started = time.perf_counter()
        response = await self.http.get(urljoin(self.url, random.choice(screens) + past))
        self.sampler.answered(time.perf_counter() - started)
        if response.status_code not in (200, 404):
            print("unexpected:", response.url, response.status_code)
        await asyncio.sleep(0.5)

    async def comment(self) -> None:
        """Post a comment."""
        given = {"draft": str(self.record.draft), "body": TEXT, "commandId": str(uuid4())}
        await self._ask(POST, random.choice(self.record.tokens), input=given)
        await asyncio.sleep(0.2)

    async def watch(self) -> None:
        """Watch the comments for a while, and leave, politely or not."""
        await self._subscribe(LIVE, random.uniform(2, 20), draft=str(self.record.draft))

    async def watch_the_past(self) -> None:
        """Watch everything from the first event on for a while."""
        await self._subscribe(PAST, random.uniform(1, 3))
        await asyncio.sleep(2)

    async def _subscribe(self, query: str, seconds: float, **variables: object) -> None:
        async with open_socket(self.url) as socket:
            await socket.introduce()
            await socket.subscribe("w", query, **variables)
            with suppress(TimeoutError, ConnectionClosed):
                async with asyncio.timeout(seconds):
                    while True:
                        message = json.loads(await socket.connection.recv())
                        if message["type"] == "ping":
                            await socket.send(type="pong")
            if random.random() < 0.5:
                socket.cut()


async def again_and_again(user: User) -> None:
    """Repeat what a user does until cancelled; a closed connection is opened again."""
    while True:
        try:
            await user()
        except (OSError, ConnectionClosed, httpx.TransportError) as error:
            print(f"{user.__name__}: {error!r}"[:200])
            await asyncio.sleep(0.5)
