"""``postComment`` over HTTP, from the request to durable and visible, against an empty endpoint.

Every round runs each contender once, in turn. Both servers are processes of their own with the same
settings of uvicorn, get the same requests from this process, and stay for the whole run. The record
is in the database of DATABASE_URL, or in an embedded one in a new directory.

The servers' own processor time for each request is told too: a busy machine hardly changes it.
"""

import argparse
import asyncio
import json
import os
import platform
import statistics
import sys
import tempfile
from asyncio.subprocess import PIPE
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import psutil
import uvloop

from bench.http_load import answer_all, request
from intersessional.domain.act import Role
from intersessional.domain.draft.commands import PublishDraft
from intersessional.infra.backend import Backend
from intersessional.infra.database import database
from intersessional.infra.history import illustrate
from intersessional.infra.history.illustration import illustration
from intersessional.infra.identity import development_token
from intersessional.infra.importing.orders import Orders
from intersessional.infra.settings import Mode, load_settings

REACH = 0.25
CLIENTS = 64
EMPTY_ALONE, OURS_ALONE = "empty endpoint, 1 at once", "postComment, 1 at once"
EMPTY, OURS = f"empty endpoint, {CLIENTS} at once", f"postComment, {CLIENTS} at once"
TEXT = "It would help to say who is meant to do this, and by when. " * 5

POST = """
mutation Post($input: PostCommentInput!) {
  postComment(input: $input) {
    __typename
    ... on CommentPosted { position repeated comment { id } }
    ... on Refusal { code message }
  }
}
"""


@dataclass(frozen=True)
class Server:
    """A server in a process of its own."""

    url: str
    process: psutil.Process

    def cpu_seconds(self) -> float:
        """The processor time it has taken so far."""
        times = self.process.cpu_times()
        return times.user + times.system


@dataclass(frozen=True)
class Contender:
    """A server, what its answers hold, how many ask at once, and how many requests a run has."""

    server: Server
    expected: bytes
    clients: int
    requests: int


@dataclass(frozen=True)
class Measured:
    """One run: requests a second, and the server's processor time for each in microseconds."""

    rate: float
    cpu_us: float


@dataclass(frozen=True)
class Record:
    """Where the record is, who may comment, and on what."""

    dsn: str
    tokens: Sequence[str]
    draft: UUID

    def comment(self, url: str, client: int) -> bytes:
        """A request that posts a comment."""
        command = {"commandId": str(uuid4()), "draft": str(self.draft), "body": TEXT}
        body = json.dumps({"query": POST, "variables": {"input": command}}).encode()
        return request(url, body, f"Authorization: Bearer {self.tokens[client]}")


@asynccontextmanager
async def prepared(directory: str) -> AsyncGenerator[Record]:
    """A record with a draft that can be commented on, and someone for each client."""
    settings = load_settings(Mode.DEVELOPMENT)
    if settings.database_url is None:
        settings = settings.model_copy(update={"data": Path(directory)})
    async with database(settings, print) as dsn:
        opened = settings.model_copy(update={"database_url": dsn, "mode": Mode.DEVELOPMENT})
        async with Backend.open(opened) as backend:
            answers, today = backend.composition.answers, datetime.now(UTC).date()
            await illustrate(backend.door, backend.record, answers, today)
            tokens = [
                (await development_token(backend.identity, Role.COMMENTER, name=f"No. {n}")).text
                for n in range(CLIENTS)
            ]
        orders = [told.order.command for told in Orders(answers).of(illustration(today))]
        [draft] = [order.begins for order in orders if isinstance(order, PublishDraft)]
        yield Record(dsn, tokens, draft)


@asynccontextmanager
async def server(*arguments: str, **variables: str) -> AsyncGenerator[Server]:
    """Start a server, and end it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, stdout=PIPE, env=os.environ | variables
    )
    assert process.stdout
    try:
        _, url = (await process.stdout.readline()).decode().split()
        yield Server(url, psutil.Process(process.pid))
    finally:
        process.terminate()
        await process.wait()


async def measure(contender: Contender, record: Record) -> Measured:
    """One run."""
    url, each = contender.server.url, contender.requests // contender.clients
    queues = [
        [record.comment(url, client) for _ in range(each)] for client in range(contender.clients)
    ]
    before = contender.server.cpu_seconds()
    seconds = await answer_all(url, queues, contender.expected)
    cpu_seconds = contender.server.cpu_seconds() - before
    count = each * contender.clients
    return Measured(rate=count / seconds, cpu_us=cpu_seconds / count * 1e6)


async def compare(record: Record, rounds: int) -> None:
    """Run every contender in turn, and print what they reach."""
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores")
    ours_runs = ("-c", "from intersessional.infra.cli import app; app()", "serve")
    async with (
        server("-m", "bench.empty_endpoint") as empty,
        server(
            *ours_runs, PORT="0", DATABASE_URL=record.dsn, INTERSESSIONAL_MODE="development"
        ) as ours,
    ):
        contenders = {
            EMPTY_ALONE: Contender(empty, b"{}", 1, 2_000),
            OURS_ALONE: Contender(ours, b'"CommentPosted"', 1, 200),
            EMPTY: Contender(empty, b"{}", CLIENTS, 12_800),
            OURS: Contender(ours, b'"CommentPosted"', CLIENTS, 2_560),
        }
        runs: dict[str, list[Measured]] = {name: [] for name in contenders}
        for number in range(rounds + 1):
            for name, contender in contenders.items():
                measured = await measure(contender, record)
                # The first round warms up what can be warmed, and does not count.
                if number > 0:
                    runs[name].append(measured)
    report(runs)


def report(runs: Mapping[str, Sequence[Measured]]) -> None:
    """Print medians and, as the machine may be busy with other things, how far they spread."""
    print(f"\n{'requests a second':32s} {'median':>8s} {'least':>8s} {'most':>8s}   CPU µs each")
    for name, found in runs.items():
        rates, cpu_us = [one.rate for one in found], [one.cpu_us for one in found]
        print(f"{name:32s} {_three(rates, '8,.0f')} {statistics.median(cpu_us):13,.0f}")
    print(f"\n{'of the empty endpoint':32s} {'median':>8s} {'least':>8s} {'most':>8s}    reach")
    for name, against, reach in ((OURS, EMPTY, REACH), (OURS_ALONE, EMPTY_ALONE, None)):
        pairs = list(zip(runs[name], runs[against], strict=True))
        ratios = [mine.rate / theirs.rate for mine, theirs in pairs]
        print(f"{name:32s} {_three(ratios, '8.3f')} {reach or '':>8}")
        ratios = [theirs.cpu_us / mine.cpu_us for mine, theirs in pairs]
        print(f"{'  by processor time':32s} {_three(ratios, '8.3f')}")


def _three(found: Sequence[float], form: str) -> str:
    return " ".join(format(one, form) for one in (statistics.median(found), min(found), max(found)))


async def main(rounds: int) -> None:
    """Compare on the server of DATABASE_URL, or on one of our own."""
    with tempfile.TemporaryDirectory() as directory:
        async with prepared(directory) as record:
            await compare(record, rounds)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        prog="python -m bench.post_comment",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--rounds", type=int, default=5, help="how many count (5)")
    uvloop.run(main(parser.parse_args().rounds))
