"""Reader of Server-Sent Events as the HTML standard defines them, with id and retry."""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from tests.graphql.client import Client
from tests.graphql.server import WAIT_MAX_S

Json = Any


@dataclass(frozen=True)
class Event:
    """One event as a browser would dispatch it."""

    kind: str
    data: str

    def result(self) -> Json:
        """The result in its data."""
        assert self.kind == "next", self
        return json.loads(self.data)


class EventSource:
    """One stream, with the last event id, from which a browser would resume."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self.last_id: str | None = None
        self.retry_ms: int | None = None
        self.comments: list[str] = []
        self.ended = False
        self._blocks = self._read(response.aiter_lines())

    async def next(self) -> Json:
        """The data of the next result, which has no errors."""
        result = (await self.event()).result()
        assert "errors" not in result, result
        return result["data"]

    async def event(self) -> Event:
        """The next event; fails when none comes."""
        while True:
            event = await self.block()
            assert not self.ended
            if event is not None:
                return event

    async def block(self) -> Event | None:
        """The next block, which is no event when it has no data; None at the end too."""
        async with asyncio.timeout(WAIT_MAX_S):
            return await anext(self._blocks, None)

    async def end(self) -> list[Event]:
        """Every event until the server ends the stream."""
        events: list[Event] = []
        while not self.ended:
            event = await self.block()
            events += [] if event is None else [event]
        return events

    async def _read(self, lines: AsyncIterator[str]) -> AsyncGenerator[Event | None]:
        kind, data, id = "message", list[str](), self.last_id
        async for line in lines:
            name, _, value = line.partition(":")
            value = value.removeprefix(" ")
            match name:
                case "" if line:
                    self.comments.append(value)
                case "":
                    self.last_id = id
                    yield Event(kind, "\n".join(data)) if data else None
                    kind, data = "message", []
                case "event":
                    kind = value
                case "data":
                    data.append(value)
                case "id":
                    id = value
                case "retry":
                    self.retry_ms = int(value)
                case _:
                    raise AssertionError(f"no browser knows {line!r}")
        self.ended = True


@asynccontextmanager
async def events(
    client: Client, query: str, *, last_id: str | None = None, get: bool = False, **variables: Json
) -> AsyncGenerator[EventSource]:
    """The event stream of an operation, requested by POST or by GET."""
    headers = {"Accept": "text/event-stream"}
    if last_id is not None:
        headers["Last-Event-ID"] = last_id
    body = {"query": query, "variables": variables}
    link = {"query": query, "variables": json.dumps(variables)}
    async with (
        client.http.stream("GET", client.url, params=link, headers=headers)
        if get
        else client.http.stream("POST", client.url, json=body, headers=headers)
    ) as response:
        yield EventSource(response)
