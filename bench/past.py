"""What a node holds while anonymous clients watch a long past, and when they have gone.

The record has so many events, nearly all of them comments. One client watches all of it from the
first event on; after it ten clients with ten selections, all at once. The node may take 64 MB more
for catching up, and gives them back (ADR 0034). Memory is what the process has for itself alone.
"""

import argparse
import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, suppress
from uuid import UUID, uuid4

import psutil
import uvloop

from bench.recorded_draft import open_recorded_draft
from bench.servers import our_server
from intersessional.domain.comment.commands import PostComment
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.domain.kernel.caller import Caller
from intersessional.infra.auth import development_token
from intersessional.infra.backend import Backend
from intersessional.infra.event_store.append.append_request import AppendRequest, EncodedCommand
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.settings import Mode, load_settings
from tests.graphql.socket import open_socket

TEXT = "It would help to say who is meant to do this, and by when. "
BATCH = 250
VIEWS_S = 3_600
"""The longest time in which the views fold the record."""
SAMPLE_S = 0.25
IDLE_S = 75.0
"""Longer than a subscription without watchers goes on."""
EVERYTHING = ("position", "data", "name", "summary", "recordedAt", "stream", "topic", "version")
"""Fields of an entry of the audit trail; ten selections of them differ."""


class PeakMemory:
    """The most memory that a process has for itself, from sample to sample."""

    def __init__(self, process: psutil.Process) -> None:
        self._process = process
        self.now_bytes = self.peak_bytes = 0
        self.take()

    def take(self) -> int:
        """Take a sample; returns its bytes."""
        self.now_bytes = self._process.memory_full_info().uss
        self.peak_bytes = max(self.peak_bytes, self.now_bytes)
        return self.now_bytes

    @asynccontextmanager
    async def sampled(self) -> AsyncGenerator[None]:
        """Take samples inside this context."""
        self.peak_bytes = self.take()
        sampling = asyncio.create_task(self._sample())
        try:
            yield
        finally:
            sampling.cancel()

    async def _sample(self) -> None:
        while True:
            self.take()
            await asyncio.sleep(SAMPLE_S)


async def record_comments(dsn: str, draft: UUID, events: int) -> int:
    """Record a comment so many times, past the rules; returns the last position."""
    settings = load_settings(Mode.DEVELOPMENT)
    opened = settings.model_copy(update={"database_url": dsn, "mode": Mode.DEVELOPMENT})
    async with Backend.open(opened, command_timeout_s=VIEWS_S) as backend:
        token = await development_token(backend.authenticator, Role.COMMENTER, name="No. 0")
        comment = PostComment(command_id=uuid4(), draft=draft, body=TEXT)
        preview = await backend.command_bus.preview(comment, Caller(person=token.person))
        [posted] = preview.events
        for _ in range(0, events, BATCH):
            await backend.sequencer.append(_comments(backend.codec, posted))
        last = await backend.record.head()
        async with asyncio.timeout(VIEWS_S):
            await backend.reader.wait_until_reached(last)
        return last


def _comments(codec: Codec, posted: DomainEvent) -> AppendRequest:
    """An append of one event as the first of many streams."""
    new = [
        codec.new_event(type(posted)(**{**vars(posted), "originator_id": uuid4()}))
        for _ in range(BATCH)
    ]
    commands = [
        EncodedCommand(command_id=uuid4(), body=b"{}", subject=one.stream, events=(one,))
        for one in new
    ]
    return AppendRequest(commands=tuple(commands), expects={one.stream: 0 for one in new})


async def watch(url: str, fields: Sequence[str], last: int, seconds: float) -> int:
    """Watch all events from the first one on, as nobody; returns how many were received.

    It ends at a position, or after so many seconds.
    """
    query = f"subscription {{ auditTrail(after: 0) {{ {' '.join(fields)} }} }}"
    async with open_socket(url) as socket:
        await socket.introduce()
        await socket.subscribe("past", query)
        received = 0
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while (await socket.next("past"))["auditTrail"]["position"] < last:
                    received += 1
        return received


async def main(events: int, watchers: int, seconds: float) -> None:
    """Print what the node holds before, at most, and after, with one watcher and with many."""
    async with open_recorded_draft() as record:
        last = await record_comments(record.dsn, record.draft, events)
        print(f"{last:,d} events", flush=True)
        async with our_server(record.dsn) as server:
            memory = PeakMemory(server.process)
            print(f"before: {memory.take() / 1e6:.0f} MB")
            for count in (1, watchers):
                async with memory.sampled(), asyncio.TaskGroup() as tasks:
                    # Each leaves out another field, so each is executed for itself.
                    watching = [
                        tasks.create_task(watch(server.url, _selection(number), last, seconds))
                        for number in range(count)
                    ]
                received = min(one.result() for one in watching)
                print(
                    f"{count} watching: {memory.peak_bytes / 1e6:.0f} MB, {received:,d} events each"
                )
                await asyncio.sleep(IDLE_S)
                print(f"{IDLE_S:.0f} s after they left: {memory.take() / 1e6:.0f} MB")


def _selection(number: int) -> Sequence[str]:
    """A selection of its own for each number; all have the position and the data."""
    further = EVERYTHING[2:]
    return [*EVERYTHING[:2], *(one for n, one in enumerate(further) if number >> n & 1)]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.past", description=__doc__)
    parser.add_argument("--events", type=int, default=200_000, help="of the record")
    parser.add_argument("--watchers", type=int, default=10, help="who watch at the same time")
    parser.add_argument("--seconds", type=float, default=600, help="for which they watch at most")
    arguments = parser.parse_args()
    uvloop.run(main(arguments.events, arguments.watchers, arguments.seconds))
