"""The dashboard's query, 100 comments on a draft with 8 fields each, against asyncpg and JSON.

`asyncpg and JSON` selects the same values from one ordinary table and encodes them with orjson.
`ours, executed` executes each request for itself: each writes the draft's id in other capitals, so
it is another query. `ours, cached` gets equal requests. `ours, commented on` too, while a client
comments on the draft every second.

Every round runs each contender once, in turn. The two servers are processes of their own with the
same settings of uvicorn, get requests of the same shape from this process, and stay for the whole
run. The data of every answer is held to the same bytes. The record is in the database of
DATABASE_URL, or in an embedded one in a new directory.
"""

import argparse
import asyncio
import os
import platform
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from functools import partial
from itertools import count

import httpx
import orjson
import uvloop

from bench.http_load import answer_all, request
from bench.recorded_draft import CLIENTS, POSTED, RecordedDraft, open_recorded_draft
from bench.rounds import ComparedPair, Contender, print_ratios, print_runs, run_rounds
from bench.rows_table import tabulate
from bench.servers import our_server, server

REACH = 5
ITEMS = 100
ROWS, EXECUTED, CACHED = "asyncpg and JSON", "ours, executed", "ours, cached"
COMMENTED = "ours, commented on"
ALONE = {ROWS: 2_000, EXECUTED: 100, CACHED: 3_200, COMMENTED: 3_200}
AT_ONCE = {ROWS: 6_400, EXECUTED: 320, CACHED: 12_800, COMMENTED: 12_800}
"""The number of requests of a run, which then takes some seconds."""
TEXT = "It would help to say who is meant to do this, and by when. " * 2

DASHBOARD = """
query Dashboard($draft: ID!) {
  draft(id: $draft) {
    comments(first: 100) {
      nodes {
        id position postedAt revision channel stakeholderGroup author { displayName } body
      }
    }
  }
}
"""


def contender_name(contender: str, clients: int) -> str:
    """The name of a contender with so many clients."""
    return f"{contender}, {clients} at once"


def query_body(draft: str) -> dict[str, object]:
    """The dashboard's query and its variables."""
    return {"query": DASHBOARD, "variables": {"draft": draft}}


def query_request(draft: str, url: str) -> bytes:
    """The HTTP request of the dashboard."""
    return request(url, orjson.dumps(query_body(draft)))


def in_capitals(id: str, number: int) -> str:
    """The same id, with the letters in capitals whose bits are set in ``number``."""
    letters = [place for place, letter in enumerate(id) if letter.isalpha()]
    chosen = {place for bit, place in enumerate(letters) if number >> bit & 1}
    return "".join(letter.upper() if place in chosen else letter for place, letter in enumerate(id))


async def fill(record: RecordedDraft, url: str) -> None:
    """Post comments until the dashboard has all its items."""
    for _ in range(0, ITEMS, CLIENTS):
        queues = [[record.comment(url, client, TEXT)] for client in range(CLIENTS)]
        await answer_all(url, queues, POSTED)


async def expected_answer(record: RecordedDraft, url: str) -> bytes:
    """The response body up to its extensions, which say the position."""
    async with httpx.AsyncClient() as client:
        sent = await client.post(url, json=query_body(str(record.draft)))
    nodes = orjson.loads(sent.content)["data"]["draft"]["comments"]["nodes"]
    assert len(nodes) == ITEMS, sent.content
    return sent.content[: sent.content.rindex(b',"extensions"')]


@asynccontextmanager
async def commented_on(record: RecordedDraft, url: str) -> AsyncGenerator[None]:
    """Post a comment every second meanwhile."""
    ended = asyncio.Event()

    async def comment() -> None:
        while not ended.is_set():
            await answer_all(url, [[record.comment(url, 0, TEXT)]], POSTED)
            with suppress(TimeoutError):
                await asyncio.wait_for(ended.wait(), 1)

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(comment())
        yield
        ended.set()


async def compare(record: RecordedDraft, rounds: int) -> None:
    """Run every contender in turn, and print what they reach."""
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores")
    async with our_server(record.dsn) as ours:
        await fill(record, ours.url)
        answer = await expected_answer(record, ours.url)
        await tabulate(record.dsn, record.draft, answer + b"}")
        async with server("-m", "bench.rows_endpoint", DATABASE_URL=record.dsn) as rows:
            draft = str(record.draft)
            same = {one: query_request(draft, one.url) for one in (rows, ours)}
            others = (query_request(in_capitals(draft, number), ours.url) for number in count(1))
            contender = partial(Contender, expected=answer)
            contenders = {
                ROWS: partial(contender, server=rows, ask=lambda _: same[rows]),
                EXECUTED: partial(contender, server=ours, ask=lambda _: next(others)),
                CACHED: partial(contender, server=ours, ask=lambda _: same[ours]),
                COMMENTED: partial(
                    contender,
                    server=ours,
                    ask=lambda _: same[ours],
                    meanwhile=partial(commented_on, record, ours.url),
                ),
            }
            runs = await run_rounds(
                {
                    contender_name(name, clients): of(clients=clients, requests=requests[name])
                    for clients, requests in ((1, ALONE), (CLIENTS, AT_ONCE))
                    for name, of in contenders.items()
                },
                rounds,
            )
    print(f"\n{ITEMS} comments, {len(answer):,} bytes")
    print_runs(runs)
    pairs = [
        ComparedPair(contender_name(mine, clients), contender_name(ROWS, clients), REACH)
        for mine in (EXECUTED, CACHED, COMMENTED)
        for clients in (1, CLIENTS)
    ]
    print_ratios(
        runs, f"times {ROWS}", pairs, form="8.2f", ratio=lambda mine, theirs: theirs / mine
    )


async def main(rounds: int) -> None:
    """Compare on the server of DATABASE_URL, or on one of our own."""
    async with open_recorded_draft() as record:
        await compare(record, rounds)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        prog="python -m bench.dashboard",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--rounds", type=int, default=5, help="how many count (5)")
    uvloop.run(main(parser.parse_args().rounds))
