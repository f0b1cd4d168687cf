"""The demo, from nothing, in a directory of its own."""

import signal
from collections import Counter
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psutil

from tests.infra.cli.program import run
from tests.journeys.api_client import POST_COMMENT
from tests.journeys.live_server import Server, ready

TRAIL = """
query ($after: String) { auditTrail(first: 100, after: $after) {
  nodes { topic } pageInfo { hasNextPage endCursor } } }
"""
DRAFTS = """
{ cycles(first: 10) { nodes { groups(first: 10) { nodes { drafts(first: 1) { nodes {
  id comments(first: 1, order: NEWEST_FIRST) { nodes { body } } } } } } } } }
"""


async def ask(server: Server, query: str, token: str = "", **variables: Any) -> Any:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with httpx.AsyncClient(headers=headers, timeout=30, trust_env=False) as client:
        body = {"query": query, "variables": variables}
        return (await client.post(server.url, json=body)).json()["data"]


async def health(server: Server) -> int:
    async with httpx.AsyncClient(timeout=30, trust_env=False) as client:
        return (await client.get(server.url.replace("/graphql", "/health"))).status_code


async def topics(server: Server) -> Counter[str]:
    """The number of events by topic, without comment windows, which depend on the clock."""
    counted: Counter[str] = Counter()
    after: str | None = None
    while True:
        page = (await ask(server, TRAIL, after=after))["auditTrail"]
        counted.update(node["topic"] for node in page["nodes"])
        if not page["pageInfo"]["hasNextPage"]:
            return Counter({each: n for each, n in counted.items() if "window" not in each})
        after = page["pageInfo"]["endCursor"]


async def demo_draft(server: Server) -> Any:
    cycles = (await ask(server, DRAFTS))["cycles"]["nodes"]
    groups = [group for cycle in cycles for group in cycle["groups"]["nodes"]]
    [draft] = [draft for group in groups for draft in group["drafts"]["nodes"]]
    return draft


async def comment(server: Server, token: str, body: str) -> None:
    draft = (await demo_draft(server))["id"]
    command = {"commandId": str(uuid4()), "draft": draft, "body": body}
    answer = await ask(server, POST_COMMENT, token, input=command)
    assert answer["postComment"]["__typename"] == "CommentPosted", answer


async def comment_bodies(server: Server) -> list[str]:
    return [one["body"] for one in (await demo_draft(server))["comments"]["nodes"]]


def processes_in(data: Path) -> list[str]:
    """The commands of processes that use this directory."""
    commands = [
        " ".join(process.info["cmdline"] or ()) for process in psutil.process_iter(["cmdline"])
    ]
    return [command for command in commands if str(data) in command]


async def test_demo_serves_what_it_recorded_once_also_after_it_was_killed(
    tmp_path: Path,
) -> None:
    data = str(tmp_path)
    async with ready("demo", PORT="0", INTERSESSIONAL_DATA=data) as first:
        assert await health(first) == 200
        token = await run(
            *("token", "commenter"), INTERSESSIONAL_DATA=data, INTERSESSIONAL_MODE="development"
        )
        await comment(first, token.out.strip(), "Kept.")
        before = await topics(first)

        assert await first.end(signal.SIGTERM) == 0
        assert "Making an empty database" in first.running.stderr()
        assert "Traceback" not in first.running.stderr()
    assert processes_in(tmp_path) == []

    async with ready("demo", PORT="0", INTERSESSIONAL_DATA=data) as second:
        assert await topics(second) == before
        assert (await comment_bodies(second))[0] == "Kept."

        await second.end(signal.SIGKILL)

    async with ready("demo", PORT="0", INTERSESSIONAL_DATA=data) as third:
        assert await topics(third) == before
        assert (await comment_bodies(third))[0] == "Kept."

        assert await third.end(signal.SIGINT) == 0
        assert "Making an empty database" not in third.running.stderr()
        assert "Traceback" not in third.running.stderr()
    assert processes_in(tmp_path) == []
